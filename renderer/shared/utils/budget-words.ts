/** Budgets in the words and shapes of the screen. Pure. */
import type { BudgetView } from '../../../contract/rpc/procedures/budgets.ts';
import type { StateKind } from '../ui/state-kind.ts';

/** What a budget is about. */
export interface BudgetSubject {
  /** Part of its message, in `budgets.names` and `budgets.scopes`. */
  readonly kind: 'all' | 'client' | 'provider' | 'alias';
  /** Empty for `all`. */
  readonly id: string;
}

/** @param scope `all`, `client:ID`, `provider:ID`, `alias:ID` */
export function subjectOf(scope: string): BudgetSubject {
  const [kind = '', ...rest] = scope.split(':');
  const id = rest.join(':');
  return kind === 'client' || kind === 'provider' || kind === 'alias'
    ? { kind, id }
    : { kind: 'all', id: '' };
}

/** From 0 to 1, and above it where more was spent than allowed; a budget of nothing is spent. */
export function shareOf({ spent, usd }: Pick<BudgetView, 'spent' | 'usd'>): number {
  return usd === 0 ? 1 : spent / usd;
}

/** What its user needs to know; null while there is nothing to say. */
export function budgetState({ state, action }: Pick<BudgetView, 'state' | 'action'>): {
  readonly kind: StateKind;
  /** Key of its message, in `budgets.states`. */
  readonly message: 'near' | 'blocked' | 'over';
} | null {
  if (state === 'fine') return null;
  if (state === 'near') return { kind: 'warning', message: 'near' };
  return action === 'block' ? { kind: 'failed', message: 'blocked' } : { kind: 'warning', message: 'over' };
}
