/** What a choice between several places depends on beside the configuration: chance, turns, measurements. */
import type { Random } from '../core/ports.ts';
import type { AliasStrategy } from '../../contract/config/routing.ts';
import type { AliasTarget, Target } from './snapshot.ts';

/** How busy a key is. */
export interface KeyLoad {
  /** Requests under way. */
  readonly underWay: number;
  /** Monotonic ms of its last use; -Infinity before the first. */
  readonly lastTaken: number;
}

/** Asked only where a strategy needs the answer. */
export interface Choices {
  readonly random: Random;
  /** How many requests took their turn in `round` before this one. */
  readonly turn: (round: string) => number;
  /** Recent time to the first content, ms; undefined where nobody has measured it lately. */
  readonly latency: (target: Target) => number | undefined;
  /** What this request would cost there, US dollars; undefined where no price is known. */
  readonly cost: (target: Target) => number | undefined;
  readonly load: (provider: string, key: string) => KeyLoad;
  /** From 0, trivial, to 1. */
  readonly complexity: () => number;
  /** Hears of each alias on the way and how its targets were put in order. */
  readonly told?: (choice: AliasChoice) => void;
}

/** Why a target of an alias stands where it does. */
export type PlaceReason =
  /** Its place in the list. */
  | 'written'
  /** Drawn by weight. */
  | 'drawn'
  /** Its turn. */
  | 'turn'
  | 'measured'
  /** Nobody has measured it lately, so it is tried first. */
  | 'unmeasured'
  | 'price'
  /** No price is known, so it comes last. */
  | 'no-price'
  /** Its range holds the score. */
  | 'range';

/** A target with what put it in its place: ms, US dollars, or the score; null where no figure did. */
export interface RankedTarget {
  readonly target: AliasTarget;
  readonly because: PlaceReason;
  readonly figure: number | null;
}

export interface AliasChoice {
  readonly alias: string;
  readonly strategy: AliasStrategy;
  readonly order: readonly RankedTarget[];
}
