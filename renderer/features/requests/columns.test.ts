import { expect, it } from 'vitest';
import { columnsIn, COLUMNS, moved, readColumns, toggled, USUAL } from './columns.ts';

it.each([
  [1_400, COLUMNS.length],
  [900, 10],
  [410, 4],
  [310, 3],
  [256, 2],
])('%i px have room for %i columns', (width, count) => expect(columnsIn(COLUMNS, width)).toHaveLength(count));

it('shows what was chosen, the least asked going first', () => {
  expect(columnsIn(USUAL, 2_000)).toEqual(USUAL);
  expect(columnsIn(USUAL, 800)).not.toContain('chart');
  expect(columnsIn(['cost'], 2_000)).toEqual(['status', 'time', 'model', 'cost']);
});

it('reads what was kept, and passes over what it does not know', () =>
  expect(readColumns('cost,nonsense')).toEqual(['status', 'time', 'model', 'cost']));

it('keeps the order they were put in', () => {
  const chosen = readColumns('status,cost,model,time,cost');
  expect(chosen).toEqual(['status', 'cost', 'model', 'time']);
  expect(columnsIn(chosen, 2_000)).toEqual(chosen);
});

it.each([
  ['time', -1, 'time,status,model'],
  ['time', 1, 'status,model,time'],
  ['status', -1, 'status,time,model'],
  ['model', 1, 'status,time,model'],
  ['cost', 1, 'status,time,model'],
] as const)('%s goes by %i', (column, by, text) =>
  expect(moved(['status', 'time', 'model'], column, by).join(',')).toBe(text),
);

it('takes a column in where it belongs, and out', () => {
  expect(toggled(['status', 'time', 'model'], 'client')).toEqual(['status', 'time', 'client', 'model']);
  expect(toggled(['status', 'time', 'model'], 'chart')).toEqual(['status', 'time', 'model', 'chart']);
  expect(toggled(['model', 'cost'], 'cost')).toEqual(['model']);
});
