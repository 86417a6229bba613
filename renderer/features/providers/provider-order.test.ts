import { describe, expect, it } from 'vitest';
import { moveTo, placeAfter } from './provider-order.ts';

describe('the order of providers', () => {
  it.each([
    ['a', 1, 'bacd'],
    ['a', 3, 'bcda'],
    ['d', 0, 'dabc'],
    ['c', -4, 'cabd'],
    ['b', 9, 'acdb'],
    ['x', 0, 'abcd'],
  ])('%s to place %i: %s', (id, place, wanted) =>
    expect(moveTo(['a', 'b', 'c', 'd'], id, place).join('')).toBe(wanted),
  );

  it.each([
    ['ArrowRight', 0, 2, 5, 1],
    ['ArrowDown', 1, 2, 5, 3],
    ['ArrowDown', 4, 2, 5, 4],
    ['ArrowUp', 1, 2, 5, 1],
    ['ArrowLeft', 3, 2, 5, 2],
    ['Home', 3, 2, 5, 0],
    ['End', 1, 2, 5, 4],
    ['Enter', 1, 2, 5, null],
  ])('%s from %i in %i columns of %i: %s', (key, place, columns, count, wanted) =>
    expect(placeAfter(key, place, columns, count)).toBe(wanted),
  );
});
