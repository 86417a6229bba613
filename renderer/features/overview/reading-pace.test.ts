import { expect, it } from 'vitest';
import { createPace } from './reading-pace.ts';

it.each([
  ['rests the shortest time after quick ones', [10, 20, 10], [3_000, 3_000, 3_000]],
  ['is not held up by a slow first one', [2_000, 20], [3_000, 3_000]],
  ['is not held up by one among quick ones', [20, 5_000, 20], [3_000, 3_000, 3_000]],
  ['rests longer while they are slow, by the quicker of two', [400, 500, 300], [3_000, 8_000, 6_000]],
  ['never rests longer than anybody would wait', [60_000, 60_000], [3_000, 30_000]],
])('%s', (_name, readings, pauses) => {
  const pauseAfter = createPace();
  expect(readings.map(pauseAfter)).toEqual(pauses);
});
