import { expect, it } from 'vitest';
import { columnsIn, COLUMNS, readColumns, templateOf, USUAL } from './columns.ts';

it.each([
  [1_400, COLUMNS.length],
  [900, 10],
  [400, 4],
  [300, 3],
  [256, 2],
])('%i px have room for %i columns', (width, count) => expect(columnsIn(COLUMNS, width)).toHaveLength(count));

it('shows what was chosen, the least asked going first', () => {
  expect(columnsIn(USUAL, 2_000)).toEqual(USUAL);
  expect(columnsIn(USUAL, 800)).not.toContain('chart');
  expect(columnsIn(['cost'], 2_000)).toEqual(['status', 'time', 'model', 'cost']);
  expect(templateOf(['status', 'model'])).toBe('60px minmax(110px, 1fr)');
});

it('reads what was kept, and passes over what it does not know', () =>
  expect(readColumns('cost,nonsense')).toEqual(['status', 'time', 'model', 'cost']));
