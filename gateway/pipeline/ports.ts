/** What the pipeline is given at the composition root. */
import type { RequestRow } from '../../contract/log/row.ts';
import type { AnswerCache } from '../core/answer-cache.ts';
import type { Spending } from '../core/budgets.ts';
import type { ClientPlaces } from '../core/client-limits.ts';
import type { Load } from '../core/load.ts';
import type { RequestLog } from '../core/log-store.ts';
import type { MediaFetch } from '../core/media-fetch.ts';
import type { Clock, Logger, Random } from '../core/ports.ts';
import type { Prices } from '../core/prices.ts';
import type { TokenEstimator } from '../core/token-estimator.ts';
import type { Upstream } from '../core/upstream.ts';
import type { Health } from '../routing/health.ts';
import type { RouteMemory } from '../routing/memory.ts';
import type { KeyFacts } from '../routing/key-facts.ts';
import { RETRY_BUDGET, type RetryBudget, type RetryBudgetLimits } from '../routing/retry-budget.ts';
import type { RefusedParameters } from '../routing/refused-parameters.ts';
import type { Slots } from '../routing/slots.ts';
import type { ItemShelf } from '../core/item-shelf.ts';
import type { SignatureVault } from '../core/signature-vault.ts';
import type { AffinityStore } from './affinity.ts';
import type { RuntimeSnapshot } from './runtime-snapshot.ts';
import type { Stop } from './stop.ts';
import type { KeyReading } from './unread-keys.ts';

/** Times and sizes that are not the user's to set; tests scale them down. */
export interface PipelineLimits {
  /** Silence towards a streaming client after which a comment is sent, ms. */
  readonly heartbeat: number;
  /** Start-up events held back while no other target is left, ms. */
  readonly holdBack: number;
  /** Start-up events held back at most. */
  readonly heldEvents: number;
  /** Bytes of start-up events held back at most. */
  readonly heldBytes: number;
  /** Bytes of a non-streamed answer that are judged as a whole before they are sent. */
  readonly answerBytes: number;
  /** Bytes of an upstream's error body that are kept. */
  readonly errorBytes: number;
  /** How long a client may take nothing at all, ms. */
  readonly writeStall: number;
  /** Waiting for a place under a concurrency limit, ms. */
  readonly queue: number;
  /** Requests that wait at one provider at most; the next is told at once. */
  readonly queued: number;
  /** Waiting for the soonest cooling key when all are cooling, ms. */
  readonly coolingWait: number;
  /** How much of the traffic may be sent once more. */
  readonly retries: RetryBudgetLimits;
  /** Waiting for keys to be read from the secret store, ms; longer than the store itself takes to give up. */
  readonly keyWait: number;
  /** Bytes of a body that go into the log. */
  readonly capturedBytes: number;
  /** After the terminator the upstream gets this long to end by itself, ms. */
  readonly linger: number;
}

export const PIPELINE_LIMITS: PipelineLimits = {
  heartbeat: 15_000,
  holdBack: 2_000,
  heldEvents: 64,
  heldBytes: 262_144,
  answerBytes: 8_388_608,
  errorBytes: 65_536,
  writeStall: 120_000,
  queue: 10_000,
  queued: 128,
  coolingWait: 2_000,
  retries: RETRY_BUDGET,
  keyWait: 6_000,
  capturedBytes: 2_097_152,
  linger: 1_000,
};

export interface PipelinePorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly upstream: Upstream;
  readonly health: Health;
  readonly facts: KeyFacts;
  readonly retries: RetryBudget;
  readonly refused: RefusedParameters;
  readonly slots: Slots;
  /** What is remembered for choosing between places. */
  readonly memory: RouteMemory;
  readonly log: RequestLog;
  readonly cache: AnswerCache;
  readonly spending: Spending;
  readonly prices: Prices;
  readonly clients: ClientPlaces;
  readonly load: Load;
  readonly affinity: AffinityStore;
  readonly vault: SignatureVault;
  readonly items: ItemShelf;
  readonly media: MediaFetch;
  readonly tokens: TokenEstimator;
  readonly limits: PipelineLimits;
  /** The configuration in force now. */
  readonly snapshot: () => RuntimeSnapshot;
  readonly keys: KeyReading;
  /** Asks upstreams for their model lists again where they are stale; resolves when that is done. */
  readonly refreshModels: () => Promise<void>;
  /** A row began, changed or ended. */
  readonly changed: (row: RequestRow) => void;
  /** A request ended, whether or not the log keeps its row. */
  readonly ended: (row: RequestRow) => void;
  /** What is known of its tokens and cost after it had ended. @param before the row as it was told last */
  readonly corrected: (row: RequestRow, before: RequestRow) => void;
  /** Takes secrets out of a text that goes to a client or a log. */
  readonly redact: (text: string) => string;
  /** This process, for loop detection. */
  readonly instance: string;
  readonly version: string;
  /** The process is about to end: no new request is taken. */
  readonly draining: () => boolean;
  /** Ends every running request when it fires (drain deadline). */
  readonly stopped: Stop;
}
