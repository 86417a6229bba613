/** Budgets in the words and shapes of the screen. Pure. */
import type { BudgetView } from '../../../contract/rpc/procedures/budgets.ts';
import type { StateKind } from '../ui/state-kind.ts';

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
