/** Budgets: what requests may cost, and what they have. */
import * as z from 'zod/mini';
import { budgetSchema, type BudgetPeriod } from '../../config/protection.ts';
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
  /** Shares of it that are told when they are reached, rising. */
  readonly warnAt: readonly number[];
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

const id = z.string().check(z.minLength(1), z.maxLength(300));

export const budgetProcedures = {
  'budgets.list': define(nothing).returns<readonly BudgetView[]>(),
  /**
   * Makes a budget, or changes the one that is `was` now, wherever it is written. Of another scope or period it
   * counts anew.
   */
  'budgets.put': define(z.strictObject({ was: z.optional(id), budget: budgetSchema })).returns<
    readonly BudgetView[]
  >(),
  /** What was spent of it stays known: made again within its period, it goes on. */
  'budgets.remove': define(z.strictObject({ id })).returns<readonly BudgetView[]>(),
  /** Begins the running period anew, of one budget or of all. */
  'budgets.reset': define(z.strictObject({ id: z.optional(id) })).returns<readonly BudgetView[]>(),
};
