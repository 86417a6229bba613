import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BudgetRule } from '../core/budgets.ts';
import { picoOf } from '../core/money.ts';
import type { Logger } from '../core/ports.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { createBudgetsFile } from './budgets-file.ts';
import { createBudgets, type BudgetState } from './budgets.ts';

const NOON = new Date(2026, 10, 26, 12).getTime();
const HOUR = 3_600_000;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-budgets-'));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((budgets) => budgets.close()));
  await rm(folder, { recursive: true, force: true });
});
const opened: BudgetState[] = [];

const rule = (more: Partial<BudgetRule> = {}): BudgetRule => ({
  id: 'all/day',
  scope: 'all',
  per: 'day',
  pico: picoOf(10),
  warnAt: [0.5, 0.8],
  blocks: true,
  ...more,
});

function open(rules: readonly BudgetRule[] = [rule()], clock = createSteppedClock(NOON)) {
  const logged: string[] = [];
  const note = (message: string, fields: object = {}) =>
    void logged.push(`${message} ${JSON.stringify(fields)}`);
  const logger: Logger = { debug: note, info: note, warn: note, error: note };
  let changes = 0;
  const file = createBudgetsFile(join(folder, 'budgets.json'));
  const budgets = createBudgets({ clock, logger, file, rules: () => rules, changed: () => (changes += 1) });
  opened.push(budgets);
  return { budgets, clock, logged, changes: () => changes };
}

describe('blocking', () => {
  it('nothing is asked of anybody while there is no budget', () => {
    expect(open([]).budgets.active).toBe(false);
    expect(open().budgets.active).toBe(true);
  });

  it('a budget lets requests pass until it is spent, and again in the next period', () => {
    const { budgets, clock } = open();
    budgets.charge(['all'], picoOf(9.99));
    expect(budgets.blocking(['all'])).toBeUndefined();
    budgets.charge(['all'], picoOf(0.01));
    expect(budgets.blocking(['all'])).toMatchObject({
      spent: picoOf(10),
      resetsAt: new Date(2026, 10, 27).getTime(),
      reserved: false,
    });
    clock.step(12 * HOUR);
    expect(budgets.blocking(['all'])).toBeUndefined();
  });

  it('a clock that is set back finds what was spent', () => {
    const { budgets, clock } = open();
    budgets.charge(['all'], picoOf(10));
    clock.step(12 * HOUR);
    budgets.charge(['all'], picoOf(1));
    clock.setWall(NOON);
    expect(budgets.blocking(['all'])).toMatchObject({ spent: picoOf(10) });
  });

  it('a clock that was far ahead for days does not hide what is spent now', () => {
    const { budgets, clock } = open();
    for (let day = 0; day < 4; day += 1) {
      clock.setWall(new Date(2030, 0, 1 + day, 12).getTime());
      budgets.charge(['all'], picoOf(1));
    }
    clock.setWall(NOON);
    budgets.charge(['all'], picoOf(4));
    budgets.charge(['all'], picoOf(6));
    expect(budgets.blocking(['all'])).toMatchObject({ spent: picoOf(10) });
  });

  it('only its own scope counts', () => {
    const { budgets } = open([rule({ id: 'client:a/day', scope: 'client:a' })]);
    budgets.charge(['all', 'client:b', 'provider:openai'], picoOf(100));
    expect(budgets.blocking(['all', 'client:a'])).toBeUndefined();
    budgets.charge(['all', 'client:a'], picoOf(10));
    expect(budgets.blocking(['all', 'client:b'])).toBeUndefined();
    expect(budgets.blocking(['all', 'client:a'])?.rule.id).toBe('client:a/day');
  });

  it('one that only warns stops nobody', () => {
    const { budgets } = open([rule({ blocks: false })]);
    budgets.charge(['all'], picoOf(100));
    expect(budgets.blocking(['all'])).toBeUndefined();
    expect(budgets.view()).toMatchObject([{ state: 'spent', action: 'warn' }]);
  });

  it('nothing is allowed where the budget is nothing', () => {
    expect(open([rule({ pico: 0n })]).budgets.blocking(['all'])).toMatchObject({ reserved: false });
  });

  it('requests under way count for what others did', () => {
    const { budgets } = open();
    const first = budgets.begin(['all'], null);
    // Nothing is known of what one costs yet.
    expect(budgets.blocking(['all'])).toBeUndefined();
    budgets.charge(['all'], picoOf(4));
    first();
    first();
    const second = budgets.begin(['all'], null);
    expect(budgets.blocking(['all'])).toBeUndefined();
    const third = budgets.begin(['all'], null);
    expect(budgets.blocking(['all'])).toMatchObject({ reserved: true, spent: picoOf(4) });
    third();
    expect(budgets.blocking(['all'])).toBeUndefined();
    second();
    expect(budgets.view()).toMatchObject([{ underWay: 0 }]);
  });

  it('before any has ended, they count for what was guessed', () => {
    const { budgets } = open();
    expect(budgets.unmeasured(['all'])).toBe(true);
    const ends = [budgets.begin(['all'], picoOf(6)), budgets.begin(['all'], picoOf(3.9))];
    expect(budgets.blocking(['all'])).toBeUndefined();
    ends.push(budgets.begin(['all'], picoOf(0.1)));
    expect(budgets.blocking(['all'])).toMatchObject({ reserved: true, spent: 0n });
    for (const end of ends) end();
    expect(budgets.blocking(['all'])).toBeUndefined();
    budgets.charge(['all'], picoOf(1));
    expect(budgets.unmeasured(['all'])).toBe(false);
  });

  it('where nobody knows a price, a few run at once until the first has ended', () => {
    const { budgets } = open();
    const ends = Array.from({ length: 4 }, () => budgets.begin(['all'], null));
    expect(budgets.blocking(['all'])).toMatchObject({ reserved: true });
    // Its cost stays unknown, so that there is nothing to wait for.
    budgets.charge(['all'], null);
    ends[0]?.();
    budgets.begin(['all'], null);
    budgets.begin(['all'], null);
    expect(budgets.blocking(['all'])).toBeUndefined();
  });

  it('at the beginning of a period they count for what others did in the one before', () => {
    const { budgets, clock } = open();
    budgets.charge(['all'], picoOf(6));
    clock.step(12 * HOUR);
    expect(budgets.blocking(['all'])).toBeUndefined();
    budgets.begin(['all'], null);
    expect(budgets.blocking(['all'])).toBeUndefined();
    budgets.begin(['all'], null);
    expect(budgets.blocking(['all'])).toMatchObject({ reserved: true, spent: 0n });
  });
});

describe('telling', () => {
  it('each share is told once, and the whole', () => {
    const { budgets, logged } = open();
    for (const dollars of [4, 1, 1, 2, 1.9, 0.1, 5]) budgets.charge(['all'], picoOf(dollars));
    expect(logged.map((line) => line.split(' {')[0])).toEqual([
      'a budget is nearly spent',
      'a budget is nearly spent',
      'a budget is spent',
    ]);
  });

  it('a problem stays until the period is over', () => {
    const { budgets, clock } = open();
    budgets.charge(['all'], picoOf(6));
    expect(budgets.problems()).toMatchObject({
      spent: [],
      near: [{ code: 'budget-used', text: '$6 of $10 per day for all are spent.' }],
    });
    budgets.charge(['all'], picoOf(6));
    expect(budgets.problems()).toMatchObject({
      spent: [
        {
          code: 'budget-refuses',
          values: { spentDollars: 12, limitDollars: 10, per: 'day', scope: 'all' },
          text: '$12 of $10 per day for all are spent, so its requests are refused.',
        },
      ],
      near: [],
    });
    clock.step(12 * HOUR);
    expect(budgets.problems()).toEqual({ spent: [], near: [] });
  });

  it('a cost that nobody knows counts nothing and is counted', () => {
    const { budgets, changes } = open();
    budgets.charge(['all'], null);
    budgets.charge(['all'], picoOf(0.25));
    expect(budgets.view()).toMatchObject([
      { id: 'all/day', usd: 10, spent: 0.25, requests: 1, unpriced: 1, state: 'fine' },
    ]);
    expect(changes()).toBe(2);
  });

  it('a period begins anew when it is told to', () => {
    const { budgets } = open([rule(), rule({ id: 'all/month', per: 'month' })]);
    budgets.charge(['all'], picoOf(10));
    expect(budgets.reset('all/day')).toBe(1);
    expect(budgets.view()).toMatchObject([{ spent: 0 }, { spent: 10 }]);
    expect(budgets.reset('none')).toBe(0);
    expect(budgets.reset()).toBe(2);
    expect(budgets.blocking(['all'])).toBeUndefined();
  });
});

describe('over restarts', () => {
  it('what was spent is known again', async () => {
    const first = open();
    await first.budgets.load();
    first.budgets.charge(['all'], picoOf(7));
    first.budgets.charge(['all'], null);
    await first.budgets.close();
    const { budgets } = open();
    await budgets.load();
    expect(budgets.view()).toMatchObject([{ spent: 7, requests: 1, unpriced: 1 }]);
  });

  it('a sum beyond all reason does not take the others with it', async () => {
    const { budgets } = open();
    budgets.charge(['all'], picoOf(1e300));
    await budgets.close();
    const again = open().budgets;
    await again.load();
    expect(again.blocking(['all'])).toMatchObject({ reserved: false });
  });

  it('it is written within half a second, and once for many', async () => {
    const { budgets, clock } = open();
    budgets.charge(['all'], picoOf(1));
    budgets.charge(['all'], picoOf(2));
    clock.step(499);
    expect(await readdir(folder)).toEqual([]);
    clock.step(1);
    await budgets.close();
    expect(await readFile(join(folder, 'budgets.json'), 'utf8')).toContain('"pico":"3000000000000"');
  });

  it('a file that cannot be understood is set aside and told', async () => {
    await writeFile(join(folder, 'budgets.json'), '{"version":1,"budgets":{"all/day":{"2026-11-26":{}}}}');
    const { budgets, logged } = open();
    await budgets.load();
    expect(logged.join('\n')).toContain('set aside');
    expect(budgets.view()).toMatchObject([{ spent: 0 }]);
    expect(await readdir(folder)).toEqual(['budgets.json.damaged']);
  });

  it('where it cannot be written, requests go on', async () => {
    const { budgets, logged } = open();
    await rm(folder, { recursive: true });
    budgets.charge(['all'], picoOf(1));
    await budgets.close();
    expect(logged.join('\n')).toContain('could not be written');
    expect(budgets.view()).toMatchObject([{ spent: 1 }]);
  });
});
