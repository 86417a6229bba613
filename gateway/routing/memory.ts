/** What is remembered from one request to the next for choosing between places. State lives in `state/`. */
import type { PriceSheet } from '../core/price-sheet.ts';
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

export interface Hit {
  readonly count: number;
  /** Unix ms; null before the first. */
  readonly lastAt: number | null;
}

/** How often what has a name decided where a request went. */
export interface Hits {
  hit(name: string): void;
  of(name: string): Hit;
}

export const aliasHits = (alias: string): string => `alias ${alias}`;

export interface RouteMemory {
  readonly turns: Turns;
  readonly latencies: Latencies;
  readonly hits: Hits;
  /** What a model costs at a provider; undefined where nobody knows. */
  readonly price: (target: Target) => PriceSheet | undefined;
}
