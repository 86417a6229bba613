import { expect, it } from 'vitest';
import { sparkline } from './sparkline.ts';

it.each([
  ['nothing', [], ''],
  ['no requests', [0, 0, 0], '0,12 20,12 40,12'],
  ['one is a small step', [0, 1], '0,12 40,9'],
  ['the highest touches the top', [0, 60, 30], '0,12 20,0 40,6'],
])('%s', (_case, values, points) => {
  expect(sparkline(values, 40, 12)).toBe(points);
});
