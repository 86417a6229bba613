/** What requests have learned for the next ones, of places and of models: made once, for requests and dry runs alike. */
import type { Clock, Random } from '../core/ports.ts';
import type { Prices } from '../core/prices.ts';
import type { PipelinePorts } from '../pipeline/ports.ts';
import type { RuntimeSnapshot } from '../pipeline/runtime-snapshot.ts';
import type { Hits } from '../routing/memory.ts';
import { createAffinity } from '../state/affinity.ts';
import { createLatencies } from '../state/latency.ts';
import { createRefusedParameters } from '../state/refused-parameters.ts';
import { createSlots } from '../state/slots.ts';
import { createTurns } from '../state/turns.ts';
import { createAliasPrices } from './alias-prices.ts';

export interface Choosing {
  readonly ports: Pick<
    PipelinePorts,
    'random' | 'slots' | 'memory' | 'snapshot' | 'clock' | 'affinity' | 'refused'
  >;
  /** After a change of configuration or lists: prices are looked up ahead. */
  readonly refresh: () => Promise<void>;
}

export function createChoosing(options: {
  readonly clock: Clock;
  readonly random: Random;
  readonly hits: Hits;
  readonly priceOf: Prices['find'];
  readonly snapshot: () => RuntimeSnapshot;
}): Choosing {
  const { clock, random, hits, priceOf, snapshot } = options;
  const prices = createAliasPrices(priceOf, snapshot);
  return {
    ports: {
      random,
      clock,
      snapshot,
      slots: createSlots(clock),
      affinity: createAffinity(),
      refused: createRefusedParameters(),
      memory: {
        turns: createTurns(),
        latencies: createLatencies(clock),
        hits,
        price: prices.of,
      },
    },
    refresh: prices.refresh,
  };
}
