/** What requests may cost: the limits the user set, and what stands against them. Pure, but for the port. */
import type { BudgetPeriod } from '../../contract/config/protection.ts';

/** One limit with everything that decides about it. */
export interface BudgetRule {
  /** `client:laptop/month`: never used twice. */
  readonly id: string;
  /** `all`, `client:ID`, `provider:ID`, `alias:ID`. */
  readonly scope: string;
  readonly per: BudgetPeriod;
  readonly pico: bigint;
  /** Shares of it, rising. */
  readonly warnAt: readonly number[];
  readonly blocks: boolean;
}

/** A calendar day or month. */
export interface Period {
  /** `2026-11-26` or `2026-11`; rises with time. */
  readonly key: string;
  /** Unix ms of its beginning and of the next one's. */
  readonly since: number;
  readonly until: number;
}

/** In local time: a day may have 23 or 25 hours. @param wall Unix ms */
export function periodAt(wall: number, per: BudgetPeriod): Period {
  const now = new Date(wall);
  const year = now.getFullYear();
  const month = now.getMonth();
  const day = per === 'day' ? now.getDate() : 1;
  const next = per === 'day' ? new Date(year, month, day + 1) : new Date(year, month + 1, 1);
  const two = (value: number): string => String(value).padStart(2, '0');
  const key = `${year}-${two(month + 1)}${per === 'day' ? `-${two(day)}` : ''}`;
  return { key, since: new Date(year, month, day).getTime(), until: next.getTime() };
}

/** Why a request is refused. */
export interface BudgetBlock {
  readonly rule: BudgetRule;
  readonly spent: bigint;
  /** Unix ms. */
  readonly resetsAt: number;
  /** It is not spent yet, but requests under way are likely to spend the rest. */
  readonly reserved: boolean;
}

export interface Spending {
  /** False while there is no budget at all: nothing needs to be asked or told. */
  readonly active: boolean;
  /** The first budget of these scopes that lets no further request pass. */
  blocking(scopes: readonly string[]): BudgetBlock | undefined;
  /** A budget of these scopes does not know yet what a request costs: it goes by what is guessed of each. */
  unmeasured(scopes: readonly string[]): boolean;
  /**
   * A request of these scopes is under way until the returned function is called.
   * @param guess what it will probably cost, in pico-dollars; null where no price is known
   */
  begin(scopes: readonly string[], guess: bigint | null): () => void;
  /** @param cost null where it is not known */
  charge(scopes: readonly string[], cost: bigint | null): void;
}
