/** A budget while it is edited: every figure as it is typed. Pure. */
import type { BudgetConfig, BudgetPeriod } from '../../../contract/config/protection.ts';
import type { BudgetView } from '../../../contract/rpc/procedures/budgets.ts';
import { subjectOf, type BudgetSubject } from '../../../contract/rpc/budget-scope.ts';

export interface BudgetDraft {
  readonly kind: BudgetSubject['kind'];
  /** Of the client, provider or alias; empty for all, and while none is chosen. */
  readonly id: string;
  readonly amount: string;
  readonly per: BudgetPeriod;
  /** Per cents with commas: `50, 80`. */
  readonly warnAt: string;
  readonly action: BudgetConfig['action'];
}

export const NEW_BUDGET: BudgetDraft = {
  kind: 'all',
  id: '',
  amount: '',
  per: 'month',
  warnAt: '80',
  action: 'block',
};

export function budgetDraft({ scope, usd, per, warnAt, action }: BudgetView): BudgetDraft {
  return { ...subjectOf(scope), amount: String(usd), per, warnAt: percentText(warnAt), action };
}

/** @example [0.5, 0.8] is `50, 80` */
export const percentText = (shares: readonly number[]): string =>
  shares.map((share) => String(Math.round(share * 10_000) / 100)).join(', ');

export type BudgetField = 'id' | 'amount' | 'warnAt';

export type ReadBudget =
  | { readonly ok: true; readonly budget: BudgetConfig }
  | { readonly ok: false; readonly faults: ReadonlySet<BudgetField> };

const HIGHEST = 1_000_000_000;
const MOST_SHARES = 10;

export function readBudget({ kind, id, amount, per, warnAt, action }: BudgetDraft): ReadBudget {
  const usd = readAmount(amount);
  const shares = readShares(warnAt);
  const faults = new Set<BudgetField>();
  if (kind !== 'all' && id === '') faults.add('id');
  if (usd === null) faults.add('amount');
  if (shares === null) faults.add('warnAt');
  if (usd === null || shares === null || faults.size > 0) return { ok: false, faults };
  return {
    ok: true,
    budget: { scope: kind === 'all' ? kind : `${kind}:${id}`, usd, per, warn_at: [...shares], action },
  };
}

/** `$1,200.50` and `1200.50` alike. A lone comma before one or two digits is taken for a point. */
function readAmount(typed: string): number | null {
  const text = typed.trim().replace(/^\$\s*/, '');
  const plain = /^\d+,\d{1,2}$/.test(text) ? text.replace(',', '.') : text.replace(/,(?=\d{3}(?:\D|$))/g, '');
  const value = /^\d*\.?\d+$|^\d+\.$/.test(plain) ? Number(plain) : Number.NaN;
  return value >= 0 && value <= HIGHEST ? value : null;
}

function readShares(typed: string): readonly number[] | null {
  const parts = typed
    .split(/[,，、;\s]+/)
    .map((part) => part.replace(/[%％]$/, ''))
    .filter((part) => part !== '');
  const shares = parts.map((part) => Math.round(Number(part) * 100) / 10_000);
  const fine = parts.length <= MOST_SHARES && shares.every((share) => share >= 0.01 && share <= 1);
  return fine ? [...new Set(shares)].sort((left, right) => left - right) : null;
}

/** As the configuration has it. */
export const configOf = ({ scope, usd, per, warnAt, action }: BudgetView): BudgetConfig => ({
  scope,
  usd,
  per,
  warn_at: [...warnAt],
  action,
});
