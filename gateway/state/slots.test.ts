import { expect, it } from 'vitest';
import { createSlots } from './slots.ts';

it('gives as many places as there are, per provider and per key, and takes them back once', () => {
  const slots = createSlots();
  const limits = { provider: 2, key: 1 };
  const first = slots.take('p', 'a', limits);
  expect(first).toBeDefined();
  expect(slots.take('p', 'a', limits)).toBeUndefined();
  const second = slots.take('p', 'b', limits);
  expect(second).toBeDefined();
  expect(slots.take('p', 'c', limits)).toBeUndefined();
  first?.();
  first?.();
  expect(slots.take('p', 'a', limits)).toBeDefined();
  expect(slots.take('p', 'c', limits)).toBeUndefined();
});

it('wakes those who wait in order, and not those who gave up', () => {
  const slots = createSlots();
  const release = slots.take('p', 'a', { provider: 1, key: 0 });
  const woken: string[] = [];
  slots.onFree('p', () => woken.push('first'));
  const giveUp = slots.onFree('p', () => woken.push('second'));
  slots.onFree('p', () => woken.push('third'));
  giveUp();
  release?.();
  expect(woken).toEqual(['first', 'third']);
});

it('limits nothing where no limit is set', () => {
  const slots = createSlots();
  const takes = Array.from({ length: 500 }, () => slots.take('p', '', { provider: 0, key: 0 }));
  expect(takes.every((take) => take !== undefined)).toBe(true);
});
