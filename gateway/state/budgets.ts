/** What requests have cost in the period of each budget. In memory, and in a file that follows within a second. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { BudgetView } from '../../contract/rpc/procedures/budgets.ts';
import { periodAt, type BudgetRule, type Period, type Spending } from '../core/budgets.ts';
import { dollarText } from '../core/money.ts';
import type { Clock, Logger } from '../core/ports.ts';
import { budgetSaying, budgetView, shareOf, stateOf } from './budget-views.ts';
import type { BudgetsFile, Spent } from './budgets-file.ts';
import { createUnderWay } from './under-way.ts';

export interface BudgetState extends Spending {
  view(): readonly BudgetView[];
  /** Begins the current period anew: of one budget, or of all. @returns how many there were */
  reset(id?: string): number;
  /** About budgets that are spent, and those that soon will be. */
  problems(): { readonly spent: readonly Told[]; readonly near: readonly Told[] };
  /** Reads what earlier runs have spent. Never rejects. */
  load(): Promise<void>;
  /** Writes what is not written yet. Never rejects. */
  close(): Promise<void>;
}

/** A killed process loses at most what was spent within this span and the time of a write, ms. */
const WRITE_AFTER = 500;
/** Periods kept for each budget: a clock that is set back finds what was spent then. */
const PERIODS_KEPT = 3;
/** Requests of no known price that may run at once before the first has told what one costs. */
const UNKNOWN_AT_ONCE = 4;
const NOTHING: Spent = { pico: 0n, requests: 0, unpriced: 0 };
const hadRequests = ({ requests }: Spent): boolean => requests > 0;
const isKnown = ({ requests, unpriced }: Spent): boolean => requests + unpriced > 0;

/**
 * @param rules those of the configuration in force; asked each time
 * @param changed after anything a user can see has changed
 */
export function createBudgets(options: {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly file: BudgetsFile;
  readonly rules: () => readonly BudgetRule[];
  readonly changed: () => void;
}): BudgetState {
  const { clock, logger, file, rules, changed } = options;
  const spent = new Map<string, Map<string, Spent>>();
  const underWay = createUnderWay();
  /** Share that was told of last, by budget and period. */
  const told = new Map<string, number>();
  let stopTimer: (() => void) | undefined;
  let writing: Promise<void> = Promise.resolve();

  const now = (rule: BudgetRule): Period => periodAt(clock.wall(), rule.per);
  const spentOf = (rule: BudgetRule, { key }: Period): Spent => spent.get(rule.id)?.get(key) ?? NOTHING;
  const ofScopes = (scopes: readonly string[]): readonly BudgetRule[] =>
    rules().filter(({ scope }) => scopes.includes(scope));

  function set(rule: BudgetRule, { key }: Period, value: Spent): void {
    const periods = spent.get(rule.id) ?? new Map<string, Spent>();
    // The last written stand last: after a clock was far ahead, the present is not the oldest.
    periods.delete(key);
    periods.set(key, value);
    for (const old of [...periods.keys()].slice(0, -PERIODS_KEPT)) periods.delete(old);
    spent.set(rule.id, periods);
    stopTimer ??= clock.after(WRITE_AFTER, write);
  }

  function write(): void {
    stopTimer?.();
    stopTimer = undefined;
    writing = writing
      .then(() => file.write(spent))
      .catch((error: unknown) => {
        logger.error('what was spent could not be written down', { error: String(error) });
      });
  }

  /** What a request costs on average: in this period, else in the last that had any. */
  const measured = (rule: BudgetRule, now: Spent): Spent | undefined =>
    hadRequests(now) ? now : [...(spent.get(rule.id)?.values() ?? [])].findLast(hadRequests);

  /** What the requests under way are taken to cost: what others did, and before any has ended what was guessed. */
  function expected(rule: BudgetRule, now: Spent): bigint {
    const { count, guessed, unknown } = underWay.of(rule.scope);
    const others = measured(rule, now);
    if (others !== undefined) return (others.pico * BigInt(count)) / BigInt(others.requests);
    // Where costs stay unknown, a budget cannot count them, and holds nobody up for ever.
    return unknown >= UNKNOWN_AT_ONCE && !isKnown(now) ? rule.pico : guessed;
  }

  /** Every share once in a period. */
  function warn(rule: BudgetRule, period: Period, { pico }: Spent): void {
    const reached = [...rule.warnAt, 1].findLast((share) => shareOf(pico, rule) >= share);
    const name = `${rule.id} ${period.key}`;
    if (reached === undefined || (told.get(name) ?? 0) >= reached) return;
    told.set(name, reached);
    logger.warn(reached >= 1 ? 'a budget is spent' : 'a budget is nearly spent', {
      budget: rule.id,
      spent: dollarText(pico),
      of: dollarText(rule.pico),
      resets: new Date(period.until).toISOString(),
    });
  }

  return {
    get active() {
      return rules().length > 0;
    },

    blocking(scopes) {
      for (const rule of ofScopes(scopes)) {
        if (!rule.blocks) continue;
        const period = now(rule);
        const sum = spentOf(rule, period);
        const over = sum.pico >= rule.pico;
        if (!over && sum.pico + expected(rule, sum) < rule.pico) continue;
        return { rule, spent: sum.pico, resetsAt: period.until, reserved: !over };
      }
      return undefined;
    },

    unmeasured: (scopes) =>
      ofScopes(scopes).some((rule) => rule.blocks && measured(rule, spentOf(rule, now(rule))) === undefined),

    begin: (scopes, guess) => underWay.begin(scopes, guess),

    charge(scopes, cost) {
      for (const rule of ofScopes(scopes)) {
        const period = now(rule);
        const { pico, requests, unpriced } = spentOf(rule, period);
        const sum =
          cost === null
            ? { pico, requests, unpriced: unpriced + 1 }
            : { pico: pico + cost, requests: requests + 1, unpriced };
        set(rule, period, sum);
        warn(rule, period, sum);
        changed();
      }
    },

    view: () =>
      rules().map((rule) => {
        const period = now(rule);
        return budgetView(rule, period, spentOf(rule, period), underWay.of(rule.scope).count);
      }),

    reset(id) {
      const meant = rules().filter((rule) => id === undefined || rule.id === id);
      for (const rule of meant) {
        const period = now(rule);
        set(rule, period, NOTHING);
        told.delete(`${rule.id} ${period.key}`);
      }
      if (meant.length > 0) changed();
      return meant.length;
    },

    problems() {
      const over: Told[] = [];
      const near: Told[] = [];
      for (const rule of rules()) {
        const { pico } = spentOf(rule, now(rule));
        const state = stateOf(pico, rule);
        if (state !== 'fine') (state === 'near' ? near : over).push(budgetSaying(rule, pico));
      }
      return { spent: over, near };
    },

    async load() {
      try {
        const read = await file.read();
        if (read === undefined) {
          logger.error('what was spent before could not be understood; its file was set aside');
          return;
        }
        for (const [id, periods] of read) spent.set(id, new Map(periods));
      } catch (error) {
        logger.error('what was spent before could not be read', { error: String(error) });
      }
    },

    async close() {
      if (stopTimer !== undefined) write();
      await writing;
    },
  };
}
