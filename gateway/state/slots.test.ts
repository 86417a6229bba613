import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSteppedClock } from '../testing/clock.ts';
import { createSlots } from './slots.ts';

const none = () => ({ input: 0, output: 0 });
const use = (key: string) => ({ provider: 'p', key, model: 'm' });
/** A request whose answer is short. */
const asks = (input: number) => () => ({ input, output: 0 });

it('gives as many places as there are, per provider and per key, and takes them back once', () => {
  const slots = createSlots(createSteppedClock());
  const limits = { provider: 2, key: 1, rpm: 0, tpm: 0 };
  const first = slots.take(use('a'), limits, none);
  expect(first).toBeDefined();
  expect(slots.take(use('a'), limits, none)).toBeUndefined();
  const second = slots.take(use('b'), limits, none);
  expect(second).toBeDefined();
  expect(slots.take(use('c'), limits, none)).toBeUndefined();
  first?.release();
  first?.release();
  expect(slots.take(use('a'), limits, none)).toBeDefined();
  expect(slots.take(use('c'), limits, none)).toBeUndefined();
});

it('wakes those who wait in order, and not those who gave up', () => {
  const slots = createSlots(createSteppedClock());
  const place = slots.take(use('a'), { provider: 1, key: 0, rpm: 0, tpm: 0 }, none);
  const woken: string[] = [];
  slots.onFree('p', () => woken.push('first'));
  const giveUp = slots.onFree('p', () => woken.push('second'));
  slots.onFree('p', () => woken.push('third'));
  giveUp();
  place?.release();
  expect(woken).toEqual(['first', 'third']);
});

it('limits nothing where no limit is set', () => {
  const slots = createSlots(createSteppedClock());
  const takes = Array.from({ length: 500 }, () =>
    slots.take(use(''), { provider: 0, key: 0, rpm: 0, tpm: 0 }, none),
  );
  expect(takes.every((take) => take !== undefined)).toBe(true);
});

it('lets no key have more requests in any minute than it may, and wakes who waits when the minute is over', () => {
  const clock = createSteppedClock();
  const slots = createSlots(clock);
  const limits = { provider: 0, key: 0, rpm: 2, tpm: 0 };
  const take = () => slots.take(use('a'), limits, none) !== undefined;
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
  const take = (tokens: number) => slots.take(use('a'), limits, asks(tokens));
  const first = take(60);
  expect(take(60)).toBeUndefined();
  first?.settle({ input: 25, output: 5 });
  const second = take(60);
  expect([second === undefined, take(60)]).toEqual([false, undefined]);
  second?.settle({ input: 60, output: 440 });
  clock.step(59_000);
  expect(take(1)).toBeUndefined();
  clock.step(1_000);
  // More than the limit, but alone: it could never be sent else.
  expect([take(5_000) === undefined, take(1)]).toEqual([false, undefined]);
});

it('keeps room for the longest answer a request may get, and gives back what it did not need', () => {
  const slots = createSlots(createSteppedClock());
  const limits = { provider: 0, key: 0, rpm: 0, tpm: 1_000 };
  const long = () => slots.take(use('a'), limits, () => ({ input: 10, output: 900 }));
  const first = long();
  const room = slots.room(use('a'), limits, () => ({ input: 10, output: 900 }));
  // A minute as things stand; but the answer may turn out to be short at any time.
  expect([long(), room]).toEqual([undefined, { kind: 'rate', wait: 60_000, soonest: 0 }]);
  let woken = 0;
  slots.onFree('p', () => (woken += 1));
  first?.settle({ input: 10, output: 20 });
  expect([woken, long() === undefined]).toEqual([1, false]);
});

it('a request without an answer counts for its question', () => {
  const slots = createSlots(createSteppedClock());
  const limits = { provider: 0, key: 0, rpm: 0, tpm: 1_000 };
  slots.take(use('a'), limits, () => ({ input: 400, output: 600 }))?.settle(null);
  expect(slots.room(use('a'), limits, asks(600)).kind).toBe('free');
  expect(slots.room(use('a'), limits, asks(601))).toEqual({ kind: 'rate', wait: 60_000, soonest: 60_000 });
});

it('what is sent twice in one place counts twice', () => {
  const slots = createSlots(createSteppedClock());
  const limits = { provider: 0, key: 0, rpm: 3, tpm: 1_000 };
  const place = slots.take(use('a'), limits, asks(100));
  place?.settle(null);
  place?.again();
  place?.settle({ input: 100, output: 50 });
  expect(slots.room(use('a'), limits, asks(750)).kind).toBe('free');
  expect(slots.room(use('a'), limits, asks(751)).kind).toBe('rate');
  slots.take(use('a'), limits, asks(0));
  expect(slots.room(use('a'), limits, asks(0)).kind).toBe('rate');
});

it('does not count what was not sent, and keeps counting what was sent before in the same place', () => {
  const clock = createSteppedClock();
  const slots = createSlots(clock);
  const limits = { provider: 0, key: 0, rpm: 2, tpm: 1_000 };
  const take = () => slots.take(use('a'), limits, asks(400));
  const place = take();
  place?.again();
  let woken = 0;
  slots.onFree('p', () => (woken += 1));
  expect(take()).toBeUndefined();
  place?.cancel();
  place?.cancel();
  place?.release();
  expect(woken).toBe(1);
  const second = take();
  expect(second).toBeDefined();
  expect(take()).toBeUndefined();
  clock.step(60_000);
  second?.cancel();
  expect(take()).toBeDefined();
});

it('tells until when it may not be sent once more, and wakes whoever waits for that', () => {
  const clock = createSteppedClock();
  const slots = createSlots(clock);
  const limits = { provider: 1, key: 1, rpm: 2, tpm: 1_000 };
  slots.take(use('a'), limits, asks(100))?.release();
  clock.step(20_000);
  const place = slots.take(use('a'), limits, asks(100));
  place?.settle(null);
  expect(place?.untilAgain()).toEqual({ wait: 40_000, soonest: 40_000 });
  let free = false;
  slots.onFree('p', () => (free = place?.untilAgain().wait === 0));
  clock.step(39_999);
  expect(free).toBe(false);
  clock.step(1);
  expect(free).toBe(true);
  const unlimited = slots.take(use('b'), { provider: 0, key: 0, rpm: 0, tpm: 0 }, none);
  expect(unlimited?.untilAgain()).toEqual({ wait: 0, soonest: 0 });
});

it('learns how long answers of a key and model are where requests do not say', () => {
  const slots = createSlots(createSteppedClock());
  const limits = { provider: 0, key: 0, rpm: 0, tpm: 1_000 };
  const take = (model: string) =>
    slots.take({ ...use('a'), model }, limits, () => ({ input: 1, output: null }));
  // Nothing is known yet, and a limit is no place for hope: one at a time.
  const first = take('m');
  expect(take('m')).toBeUndefined();
  first?.settle({ input: 1, output: 99 });
  expect(Array.from({ length: 12 }, () => take('m') !== undefined).filter(Boolean)).toHaveLength(9);
});

it('does not learn from limits of requests that answers without one are short', () => {
  const slots = createSlots(createSteppedClock());
  const limits = { provider: 0, key: 0, rpm: 0, tpm: 100_000 };
  const ask = (output: number | null, answer: number) =>
    slots.take(use('a'), limits, () => ({ input: 0, output }))?.settle({ input: 0, output: answer });
  ask(null, 4_000);
  for (let count = 0; count < 100; count += 1) ask(16, 16);
  const sizes = slots.room(use('a'), { ...limits, tpm: 5_700 }, () => ({ input: 0, output: null }));
  // 4,000 and 1,600 are used; 100 more are not enough for what was cut off at 16 a hundred times.
  expect(sizes.kind).toBe('rate');
});

it('tells how busy a key is', () => {
  const clock = createSteppedClock();
  const slots = createSlots(clock);
  const limits = { provider: 0, key: 0, rpm: 0, tpm: 0 };
  expect(slots.load('p', 'a')).toEqual({ underWay: 0, lastTaken: -Infinity });
  const place = slots.take(use('a'), limits, none);
  expect(slots.load('p', 'a')).toEqual({ underWay: 1, lastTaken: clock.monotonic() });
  place?.release();
  expect(slots.load('p', 'a').underWay).toBe(0);
});

it('never passes a limit by more than one request, however many answers are under way and whatever they become', () => {
  const step = fc.record({
    wait: fc.nat(20_000),
    input: fc.integer({ min: 1, max: 30 }),
    most: fc.integer({ min: 1, max: 150 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    lasts: fc.nat(5),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 8 }), (steps, rpm) => {
      const clock = createSteppedClock();
      const slots = createSlots(clock);
      const limits = { provider: 0, key: 0, rpm, tpm: 100 };
      const sent: { readonly at: number; readonly tokens: number }[] = [];
      const running: { readonly end: number; readonly settle: () => void }[] = [];
      for (const [index, { wait, input, most, share, lasts }] of steps.entries()) {
        clock.step(wait);
        const at = clock.monotonic();
        for (const { end, settle } of running) if (end === index) settle();
        const place = slots.take(use('a'), limits, () => ({ input, output: most }));
        if (place === undefined) continue;
        const output = Math.floor(share * most);
        running.push({ end: index + lasts, settle: () => place.settle({ input, output }) });
        const minute = sent.filter((one) => at - one.at < 60_000);
        expect(minute.length).toBeLessThan(rpm);
        // Without the one that is let in now, whole answers are within the limit.
        expect(minute.reduce((sum, one) => sum + one.tokens, 0)).toBeLessThanOrEqual(100);
        sent.push({ at, tokens: input + output });
      }
    }),
    { numRuns: 200 },
  );
});

it('whoever begins to wait as a minute ends is woken, and once', () => {
  const clock = createSteppedClock();
  const slots = createSlots(clock);
  const limits = { provider: 0, key: 0, rpm: 1, tpm: 0 };
  slots.take(use('a'), limits, none);
  expect(slots.take(use('a'), limits, none)).toBeUndefined();
  clock.step(60_000);
  let woken = 0;
  slots.onFree('p', () => (woken += 1));
  clock.step(1);
  expect(woken).toBe(1);
  slots.onFree('p', () => (woken += 1));
  clock.step(60_000);
  expect(woken).toBe(1);
});

it('wakes nobody a fraction of a millisecond too early', () => {
  const clock = createSteppedClock();
  const slots = createSlots({ ...clock, after: (delay, task) => clock.after(Math.trunc(delay), task) });
  const limits = { provider: 0, key: 0, rpm: 1, tpm: 0 };
  const take = () => slots.take(use('a'), limits, none) !== undefined;
  take();
  clock.step(0.6);
  expect(take()).toBe(false);
  let found = false;
  slots.onFree('p', () => (found = take()));
  clock.step(60_000);
  expect(found).toBe(true);
});
