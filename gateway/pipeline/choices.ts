/** What choosing between places goes by, for one request: chance, turns, measurements, prices, its own difficulty. */
import type { Clock, Random } from '../core/ports.ts';
import { periodAt, tierFor, type PriceSheet } from '../core/price-sheet.ts';
import type { AliasChoice, Choices } from '../routing/choices.ts';
import type { RouteMemory } from '../routing/memory.ts';
import type { Slots } from '../routing/slots.ts';

/** Tokens of an answer for comparing prices; nobody knows its length before it is written. */
const ANSWER_TOKENS = 500;

export interface ChoosingPorts {
  readonly random: Random;
  readonly slots: Pick<Slots, 'load'>;
  readonly memory: RouteMemory;
  readonly clock: Pick<Clock, 'wall'>;
}

export interface Chooser {
  readonly streamed: boolean;
  /** Tokens of the question, about. */
  readonly tokens: () => number;
  /** From 0 to 1. */
  readonly complexity: () => number;
  /** Takes no turn: nothing is sent. */
  readonly looksOnly?: boolean;
  readonly told?: (choice: AliasChoice) => void;
}

export function choicesFor(chooser: Chooser, { random, slots, memory, clock }: ChoosingPorts): Choices {
  const { streamed, tokens, complexity, told } = chooser;
  const { turns, latencies, price } = memory;
  return {
    random,
    turn: chooser.looksOnly === true ? turns.look : oneOfEach(turns.take),
    latency: (target) => latencies.get(target, streamed),
    cost(target) {
      const known = price(target);
      return known === undefined ? undefined : costOf(known, tokens(), clock.wall());
    },
    load: slots.load,
    complexity,
    ...(told === undefined ? {} : { told }),
  };
}

/** Two places of one provider are one turn of its keys, and the order in which they are looked at means nothing. */
function oneOfEach(take: (round: string) => number): (round: string) => number {
  let taken: Map<string, number> | undefined;
  return (round) => {
    const before = taken?.get(round);
    if (before !== undefined) return before;
    const turn = take(round);
    (taken ??= new Map()).set(round, turn);
    return turn;
  };
}

/** US dollars; undefined where the price of text is not known. */
export function costOf(sheet: PriceSheet, tokens: number, wall: number): number | undefined {
  const period = periodAt(sheet, wall);
  const { input, output } = tierFor(period, tokens) ?? period.base;
  if (input === null && output === null) return undefined;
  return ((input ?? 0) * tokens + (output ?? 0) * ANSWER_TOKENS) / 1_000_000;
}
