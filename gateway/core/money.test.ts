import { expect, it } from 'vitest';
import { dollarDecimal, dollarsOf, dollarText, picoOf } from './money.ts';

it.each([
  [0, 0n, '$0', '0'],
  [20, 20_000_000_000_000n, '$20', '20'],
  [0.0123, 12_300_000_000n, '$0.012', '0.0123'],
  [0.000000000001, 1n, '$1e-12', '0.000000000001'],
  [12.345, 12_345_000_000_000n, '$12.35', '12.345'],
  [1_000_000, 1_000_000_000_000_000_000n, '$1000000', '1000000'],
])('%d dollars are %s pico-dollars, written %s and %s', (dollars, pico, text, decimal) => {
  expect(picoOf(dollars)).toBe(pico);
  expect(dollarsOf(pico)).toBeCloseTo(dollars, 9);
  expect(dollarText(pico)).toBe(text);
  expect(dollarDecimal(pico)).toBe(decimal);
});
