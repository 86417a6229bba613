import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assignSlots, type Slots } from './slots.ts';

const NONE: Slots = new Map();

it('gives each row an element of its own, in order', () => {
  expect([...assignSlots(NONE, ['a', 'b', 'c'])]).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 2],
  ]);
});

it('leaves rows where they are, and gives the elements of those that left to those that come', () => {
  const before = assignSlots(NONE, ['a', 'b', 'c', 'd']);
  expect([...assignSlots(before, ['c', 'd', 'e', 'f'])]).toEqual([
    ['c', 2],
    ['d', 3],
    ['e', 0],
    ['f', 1],
  ]);
});

it('fills elements again when all rows are others, such as after a jump or when their page has come', () => {
  const before = assignSlots(NONE, [7, 8, 9]);
  expect([...assignSlots(before, ['a', 'b', 'c']).values()]).toEqual([0, 1, 2]);
});

it('never gives two rows one element, needs no more elements than rows ever shown at once, and moves no row', () => {
  const views = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 12 }), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(views, (shown) => {
      let before: Slots = NONE;
      let most = 0;
      for (const keys of shown) {
        const now = assignSlots(before, keys);
        most = Math.max(most, keys.length);
        expect([...now.keys()]).toEqual(keys);
        expect(new Set(now.values()).size).toBe(keys.length);
        for (const [key, slot] of now) {
          expect(slot).toBeLessThan(most);
          if (before.has(key)) expect(slot).toBe(before.get(key));
        }
        before = now;
      }
    }),
  );
});
