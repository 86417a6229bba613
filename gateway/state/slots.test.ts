import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSteppedClock } from '../testing/clock.ts';
import { createSlots } from './slots.ts';

const none = (): number => 0;

it('gives as many places as there are, per provider and per key, and takes them back once', () => {
  const slots = createSlots(createSteppedClock());
  const limits = { provider: 2, key: 1, rpm: 0, tpm: 0 };
  const first = slots.take('p', 'a', limits, none);
  expect(first).toBeDefined();
  expect(slots.take('p', 'a', limits, none)).toBeUndefined();
  const second = slots.take('p', 'b', limits, none);
  expect(second).toBeDefined();
  expect(slots.take('p', 'c', limits, none)).toBeUndefined();
  first?.();
  first?.();
  expect(slots.take('p', 'a', limits, none)).toBeDefined();
  expect(slots.take('p', 'c', limits, none)).toBeUndefined();
});

it('wakes those who wait in order, and not those who gave up', () => {
  const slots = createSlots(createSteppedClock());
  const release = slots.take('p', 'a', { provider: 1, key: 0, rpm: 0, tpm: 0 }, none);
  const woken: string[] = [];
  slots.onFree('p', () => woken.push('first'));
  const giveUp = slots.onFree('p', () => woken.push('second'));
  slots.onFree('p', () => woken.push('third'));
  giveUp();
  release?.();
  expect(woken).toEqual(['first', 'third']);
});

it('limits nothing where no limit is set', () => {
  const slots = createSlots(createSteppedClock());
  const takes = Array.from({ length: 500 }, () =>
    slots.take('p', '', { provider: 0, key: 0, rpm: 0, tpm: 0 }, none),
  );
  expect(takes.every((take) => take !== undefined)).toBe(true);
});

it('lets no key have more requests in any minute than it may, and wakes who waits when the minute is over', () => {
  const clock = createSteppedClock();
  const slots = createSlots(clock);
  const limits = { provider: 0, key: 0, rpm: 2, tpm: 0 };
  const take = () => slots.take('p', 'a', limits, none) !== undefined;
  expect([take(), take(), take()]).toEqual([true, true, false]);
  let woken = 0;
  slots.onFree('p', () => (woken += 1));
  const giveUp = slots.onFree('p', () => (woken += 10));
  giveUp();
  clock.step(59_999);
  expect([woken, take()]).toEqual([0, false]);
  clock.step(1);
  expect([woken, take(), take(), take()]).toEqual([1, true, true, false]);
});

it('counts tokens by what was expected, and by what it was once that is known', () => {
  const clock = createSteppedClock();
  const slots = createSlots(clock);
  const limits = { provider: 0, key: 0, rpm: 0, tpm: 100 };
  const take = (tokens: number) => slots.take('p', 'a', limits, () => tokens) !== undefined;
  expect([take(60), take(60)]).toEqual([true, false]);
  slots.settle('p', 'a', 60, 30);
  expect([take(60), take(60)]).toEqual([true, false]);
  slots.settle('p', 'a', 60, 500);
  clock.step(59_000);
  expect(take(1)).toBe(false);
  clock.step(1_000);
  // More than the limit, but alone: it could never be sent else.
  expect([take(5_000), take(1)]).toEqual([true, false]);
});

it('tells how busy a key is', () => {
  const clock = createSteppedClock();
  const slots = createSlots(clock);
  const limits = { provider: 0, key: 0, rpm: 0, tpm: 0 };
  expect(slots.load('p', 'a')).toEqual({ underWay: 0, lastTaken: -Infinity });
  const release = slots.take('p', 'a', limits, none);
  expect(slots.load('p', 'a')).toEqual({ underWay: 1, lastTaken: clock.monotonic() });
  release?.();
  expect(slots.load('p', 'a').underWay).toBe(0);
});

it('never passes a limit, whatever comes when', () => {
  const step = fc.record({ wait: fc.nat(40_000), tokens: fc.integer({ min: 1, max: 60 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (steps, rpm) => {
      const clock = createSteppedClock();
      const slots = createSlots(clock);
      const limits = { provider: 0, key: 0, rpm, tpm: 100 };
      const sent: { at: number; tokens: number }[] = [];
      for (const { wait, tokens } of steps) {
        clock.step(wait);
        const at = clock.monotonic();
        if (slots.take('p', 'a', limits, () => tokens) === undefined) continue;
        sent.push({ at, tokens });
        const minute = sent.filter((one) => at - one.at < 60_000);
        expect(minute.length).toBeLessThanOrEqual(rpm);
        expect(minute.reduce((sum, one) => sum + one.tokens, 0)).toBeLessThanOrEqual(100);
      }
    }),
    { numRuns: 200 },
  );
});
