/** What is remembered from one request to the next for choosing between places. State lives in `state/`. */
import type { PriceSheet } from '../core/price-sheet.ts';
import type { RoutingRule } from './rules.ts';
import type { Target } from './snapshot.ts';

export interface Turns {
  /** Turns taken in `round` so far; takes one. */
  readonly take: (round: string) => number;
  /** The same, taking none. */
  readonly look: (round: string) => number;
}

export interface Latencies {
  /** ms; undefined where nothing was measured lately, so that a place which was slow once gets another chance. */
  get(target: Target, streamed: boolean): number | undefined;
  /** @param milliseconds to the first content; of an answer that is not streamed: to its end */
  measured(target: Target, streamed: boolean, milliseconds: number): void;
}

export interface RuleHit {
  readonly count: number;
  /** Unix ms; null before the first. */
  readonly lastAt: number | null;
}

export interface RuleHits {
  hit(rule: RoutingRule): void;
  of(rule: RoutingRule): RuleHit;
}

export interface RouteMemory {
  readonly turns: Turns;
  readonly latencies: Latencies;
  readonly hits: RuleHits;
  /** What a model costs at a provider; undefined where nobody knows. */
  readonly price: (target: Target) => PriceSheet | undefined;
}
