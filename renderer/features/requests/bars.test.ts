import { expect, it } from 'vitest';
import { barsOf, rangeOf } from './bars.ts';

const histogram = {
  from: 1_000,
  until: 5_000,
  bucket: 1_000,
  counts: [
    { at: 2_000, requests: 3, failed: 1 },
    { at: 4_000, requests: 1, failed: 0 },
  ],
  exact: true,
};

it('has a bar for every stretch, empty ones too', () =>
  expect(barsOf(histogram).map(({ from, requests, failed }) => [from, requests, failed])).toEqual([
    [1_000, 0, 0],
    [2_000, 3, 1],
    [3_000, 0, 0],
    [4_000, 1, 0],
  ]));

it.each([
  [1, 2, { from: 2_000, until: 4_000 }],
  [2, 1, { from: 2_000, until: 4_000 }],
  [3, 3, { from: 4_000, until: 5_000 }],
  [3, 9, null],
])('between bars %i and %i', (one, other, range) =>
  expect(rangeOf(barsOf(histogram), one, other)).toEqual(range),
);

it('draws nothing without a length', () => expect(barsOf({ ...histogram, bucket: 0 })).toEqual([]));
