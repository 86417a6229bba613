import { expect, it } from 'vitest';
import { isOver, withLimited, type Limited } from './suspicion.ts';

const limited = (key: string, at: number): Limited => ({ key, at, account: undefined, reset: undefined });

it.each([1, 2, 3])('what is over with %i keys counts with no later one, what is not may', (count) => {
  const before = Array.from({ length: count }, (_, index) => limited(`k${index}`, index));
  const last = count - 1;
  expect(isOver(before, last + 10_000)).toBe(false);
  expect(isOver(before, last + 10_001)).toBe(true);
  expect(withLimited(before, limited('next', last + 10_001))).toHaveLength(1);
});

it('of no keys nothing counts', () => {
  expect(isOver([], 0)).toBe(true);
});
