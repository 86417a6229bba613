import { describe, expect, it } from 'vitest';
import { budgetSchema } from '../../../contract/config/protection.ts';
import { NEW_BUDGET, percentText, readBudget, type BudgetDraft } from './budget-drafts.ts';

const read = (draft: Partial<BudgetDraft>) => readBudget({ ...NEW_BUDGET, amount: '20', ...draft });

describe('an amount as it is typed', () => {
  it.each([
    ['20', 20],
    [' 0.50 ', 0.5],
    ['.5', 0.5],
    ['$1,200.50', 1_200.5],
    ['1,200', 1_200],
    ['12,5', 12.5],
    ['0', 0],
  ])('%s', (amount, usd) => expect(read({ amount })).toMatchObject({ ok: true, budget: { usd } }));

  it.each(['', ' ', 'ten', '-5', '1e3', '5 EUR', '2000000000', '1,2,3'])('%j is none', (amount) =>
    expect(read({ amount })).toEqual({ ok: false, faults: new Set(['amount']) }),
  );
});

describe('shares at which it warns', () => {
  it.each([
    ['80', [0.8]],
    ['90%, 50 %', [0.5, 0.9]],
    ['50，80', [0.5, 0.8]],
    ['33.3 66.6', [0.333, 0.666]],
    ['80, 80', [0.8]],
    ['', []],
  ])('%s', (warnAt, shares) => expect(read({ warnAt })).toMatchObject({ budget: { warn_at: shares } }));

  it.each(['0', '101', 'half', '1 2 3 4 5 6 7 8 9 10 11'])('%s are none', (warnAt) =>
    expect(read({ warnAt })).toEqual({ ok: false, faults: new Set(['warnAt']) }),
  );

  it('are shown as per cents', () => expect(percentText([0.29, 0.333, 1])).toBe('29, 33.3, 100'));
});

it('is for somebody', () => {
  expect(read({ kind: 'client' })).toEqual({ ok: false, faults: new Set(['id']) });
  const made = read({ kind: 'alias', id: 'a:b', per: 'day', action: 'warn' });
  expect(made).toMatchObject({ budget: { scope: 'alias:a:b', per: 'day', action: 'warn' } });
  expect(made.ok && budgetSchema.safeParse(made.budget).success).toBe(true);
});
