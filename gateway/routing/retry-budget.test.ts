import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSteppedClock } from '../testing/clock.ts';
import { createRetryBudget } from './retry-budget.ts';

const many = <T>(count: number, act: () => T): readonly T[] => Array.from({ length: count }, act);
const granted = (answers: readonly boolean[]): number => answers.filter(Boolean).length;

it('allows three however few requests there were, and no fourth within ten seconds', () => {
  const clock = createSteppedClock();
  const budget = createRetryBudget(clock);
  budget.arrived();
  expect(many(5, budget.spend)).toEqual([true, true, true, false, false]);
  clock.step(9_000);
  expect(budget.spend()).toBe(false);
  clock.step(1_000);
  expect(many(4, budget.spend)).toEqual([true, true, true, false]);
});

it('allows a fifth of the requests of the last ten seconds', () => {
  const clock = createSteppedClock();
  const budget = createRetryBudget(clock);
  many(100, budget.arrived);
  expect(granted(many(100, budget.spend))).toBe(20);
  clock.step(5_000);
  many(50, budget.arrived);
  expect(granted(many(100, budget.spend))).toBe(10);
  clock.step(5_000);
  // Those of the first second are out of sight, with what they were granted.
  expect(granted(many(100, budget.spend))).toBe(0);
});

it('never grants more than a fifth and three over any run of requests', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3_000), { minLength: 1, maxLength: 200 }), (pauses) => {
      const clock = createSteppedClock();
      const budget = createRetryBudget(clock, () => ({ share: 0.2, atLeast: 3, window: 10_000_000 }));
      let retries = 0;
      for (const pause of pauses) {
        clock.step(pause);
        budget.arrived();
        if (budget.spend()) retries += 1;
      }
      expect(retries).toBeLessThanOrEqual(Math.max(3, Math.ceil(0.2 * pauses.length)));
    }),
  );
});
