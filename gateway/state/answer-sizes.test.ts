import { expect, it } from 'vitest';
import { createAnswerSizes } from './answer-sizes.ts';

const UNKNOWN = { usual: 1_000, most: 1_000 };

it('knows the first answer, then what is usual, and forgets a long one slowly', () => {
  const sizes = createAnswerSizes();
  expect(sizes.of('a')).toEqual(UNKNOWN);
  sizes.learn('a', 2_000, null);
  expect(sizes.of('a')).toEqual({ usual: 2_000, most: 2_000 });
  sizes.learn('a', 1_000, null);
  expect(sizes.of('a')).toEqual({ usual: 1_800, most: 1_900 });
  expect(sizes.of('b')).toEqual(UNKNOWN);
});

it('what was cut off by the limit of its request is no sign that answers are short', () => {
  const sizes = createAnswerSizes();
  for (let count = 0; count < 50; count += 1) sizes.learn('a', 16, 16);
  expect(sizes.of('a')).toEqual(UNKNOWN);
  sizes.learn('a', 4_000, null);
  for (let count = 0; count < 50; count += 1) sizes.learn('a', 16, 16);
  expect(sizes.of('a')).toEqual({ usual: 4_000, most: 4_000 });
});

it('but one that a high limit cut off is a sign that they are long', () => {
  const sizes = createAnswerSizes();
  sizes.learn('a', 8_000, 8_000);
  expect(sizes.of('a')).toEqual({ usual: 8_000, most: 8_000 });
});

it('an answer that ended before the limit of its request tells what is usual, not how long others may be', () => {
  const sizes = createAnswerSizes();
  sizes.learn('a', 4_000, null);
  sizes.learn('a', 100, 4_096);
  expect(sizes.of('a')).toEqual({ usual: 3_220, most: 4_000 });
  sizes.learn('b', 100, 4_096);
  expect(sizes.of('b')).toEqual({ usual: 100, most: 1_000 });
});
