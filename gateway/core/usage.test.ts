import { expect, it } from 'vitest';
import { isCount } from './usage.ts';

it.each([0, 0.5, 1_000_000, 1e12])('takes %d', (value) => {
  expect(isCount(value)).toBe(true);
});

it.each([-1, 1e13, Number.MAX_VALUE, Infinity, NaN, '5', null, undefined])('does not take %s', (value) => {
  expect(isCount(value)).toBe(false);
});
