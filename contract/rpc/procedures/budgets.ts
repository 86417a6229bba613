/** Budgets: what requests may cost, and what they have. */
import * as z from 'zod/mini';
import type { BudgetPeriod } from '../../config/protection.ts';
import { define, nothing } from '../define.ts';

/** One budget in the period that runs. */
export interface BudgetView {
  /** `client:laptop/month` */
  readonly id: string;
  /** `all`, `client:ID`, `provider:ID`, `alias:ID`. */
  readonly scope: string;
  readonly per: BudgetPeriod;
  /** US dollars. */
  readonly usd: number;
  readonly spent: number;
  readonly action: 'warn' | 'block';
  readonly state: 'fine' | 'near' | 'spent';
  /** Unix ms. */
  readonly since: number;
  readonly resetsAt: number;
  /** Requests whose cost stands in `spent`. */
  readonly requests: number;
  /** Requests whose cost is not known and stands nowhere. */
  readonly unpriced: number;
  readonly underWay: number;
}

export const budgetProcedures = {
  'budgets.list': define(nothing).returns<readonly BudgetView[]>(),
  /** Begins the running period anew, of one budget or of all. */
  'budgets.reset': define(
    z.strictObject({ id: z.optional(z.string().check(z.minLength(1), z.maxLength(300))) }),
  ).returns<readonly BudgetView[]>(),
};
