/** The budgets of the configuration in force, those written with a client among them. */
import type { BudgetConfig } from '../../contract/config/protection.ts';
import type { Config } from '../../contract/config/schema.ts';
import type { BudgetRule } from '../core/budgets.ts';
import { picoOf } from '../core/money.ts';

/** Made once per configuration: every request asks. */
export function budgetRules(config: () => Config): () => readonly BudgetRule[] {
  let made: { readonly of: Config; readonly rules: readonly BudgetRule[] } | undefined;
  return () => {
    const of = config();
    if (made?.of !== of) made = { of, rules: rulesOf(of) };
    return made.rules;
  };
}

function rulesOf({ budgets, clients }: Config): readonly BudgetRule[] {
  const own = clients.flatMap(({ id, budget }): BudgetConfig[] =>
    budget === undefined ? [] : [{ scope: `client:${id}`, ...budget }],
  );
  return [...budgets, ...own].map(({ scope, usd, per, warn_at: warnAt, action }) => ({
    id: `${scope}/${per}`,
    scope,
    per,
    pico: picoOf(usd),
    warnAt: warnAt.toSorted((left, right) => left - right),
    blocks: action === 'block',
  }));
}
