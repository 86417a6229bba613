/** A budget and what was spent of it, for whoever looks. Pure. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { BudgetView } from '../../contract/rpc/procedures/budgets.ts';
import type { BudgetRule, Period } from '../core/budgets.ts';
import { dollarsOf, dollarText } from '../core/money.ts';
import { say } from '../core/sayings.ts';
import type { Spent } from './budgets-file.ts';

/** Of the whole; a budget of nothing is spent from the beginning. */
export const shareOf = (pico: bigint, rule: BudgetRule): number =>
  rule.pico === 0n ? 1 : Number((pico * 1_000_000n) / rule.pico) / 1_000_000;

export function stateOf(pico: bigint, rule: BudgetRule): BudgetView['state'] {
  if (pico >= rule.pico) return 'spent';
  const [lowest = 1] = rule.warnAt;
  return shareOf(pico, rule) >= lowest ? 'near' : 'fine';
}

export function budgetView(rule: BudgetRule, period: Period, spent: Spent, underWay: number): BudgetView {
  const { pico, requests, unpriced } = spent;
  return {
    id: rule.id,
    scope: rule.scope,
    per: rule.per,
    usd: dollarsOf(rule.pico),
    spent: dollarsOf(pico),
    action: rule.blocks ? 'block' : 'warn',
    warnAt: rule.warnAt,
    state: stateOf(pico, rule),
    since: period.since,
    resetsAt: period.until,
    requests,
    unpriced,
    underWay,
  };
}

/** About a budget that is spent, or nearly. */
export function budgetSaying(rule: BudgetRule, pico: bigint): Told {
  const refused = pico >= rule.pico && rule.blocks ? ', so its requests are refused' : '';
  return say(
    refused === '' ? 'budget-used' : 'budget-refuses',
    { spentDollars: dollarsOf(pico), limitDollars: dollarsOf(rule.pico), per: rule.per, scope: rule.scope },
    undefined,
    `${dollarText(pico)} of ${dollarText(rule.pico)} per ${rule.per} for ${rule.scope} are spent${refused}.`,
  );
}
