/**
 * One row of the request log: what happened to a request, told in full and without a secret.
 * All clock times are Unix milliseconds; all other times are milliseconds since the request arrived
 * (fractions allowed), or null when that moment never came.
 */
import type { Told } from '../rpc/connect-sayings.ts';
import type { RequestCost } from './cost.ts';
import type { NamedKey } from './key-name.ts';

/** How a request ended. `live` while it runs; `interrupted` when the process died under it. */
export type Outcome = 'live' | 'ok' | 'error' | 'cut' | 'client-left' | 'interrupted';

/** Whose fault a failed attempt was; see DESIGN section 6. */
export type Scope = 'request' | 'key' | 'account' | 'model' | 'provider' | 'network' | 'client' | 'gateway';

/** Tokens of one request. `input` counts everything the model read, cached parts included. */
export interface TokenCounts {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  /** Everything the model wrote, reasoning included. */
  readonly output: number;
  readonly reasoning: number;
}

/**
 * Why an attempt was made: the first place of the plan, what the attempt before made of its failure, the end of a
 * wait, or the one try that finds out whether a cool-down is over.
 */
export type AttemptWhy = 'first' | 'next-key' | 'next-target' | 'replay' | 'repair' | 'after-wait' | 'probe';

/** One call to an upstream. */
export interface AttemptRecord {
  readonly provider: string;
  /** Model name as sent upstream. */
  readonly model: string;
  /** Configuration id of the key, or null where the provider needs none. */
  readonly keyId: string | null;
  /** Last four characters of the key, as `…a1b2`; never more. */
  readonly keyFingerprint: string | null;
  readonly startedAt: number;
  /** Connection ready (0 length on a reused socket). */
  readonly connectedAt: number | null;
  readonly sentAt: number | null;
  readonly firstByteAt: number | null;
  readonly firstContentAt: number | null;
  readonly doneAt: number | null;
  /** HTTP status of the upstream, null when it never answered. */
  readonly status: number | null;
  readonly reusedSocket: boolean;
  /** `ok`, or the stable code of what went wrong. */
  readonly result: string;
  readonly scope: Scope | null;
  /** What the gateway did next. */
  readonly action: 'done' | 'return' | 'next-key' | 'next-target' | 'replay' | 'repair' | 'stop';
  /** The upstream's own words, bounded and redacted; or those of the gateway in English, where there were none. */
  readonly message: string | null;
  /** The gateway's words as data; absent where the message is a quotation. */
  readonly told?: Told | undefined;
  /** How long the scope at fault cools, ms; null when nothing cools. */
  readonly cooldown: number | null;
  /** Time spent waiting for room or for a cool-down to end right before it, ms. */
  readonly waited: number;
  readonly why: AttemptWhy;
  /** Keys and targets that were passed over for this one, with the reason; ten at the most. */
  readonly passedOver: readonly PassedOver[];
}

/** A key that was left out, or the place where none is needed. `reason`: a stable code. */
export interface PassedOver extends NamedKey {
  readonly reason: string;
}

/** What chose the place a request went to. */
export interface RoutingRecord {
  /** The rule that applied, by its place in the configuration from 1, and the model it put in place. */
  readonly rule: { readonly number: number; readonly model: string } | null;
  /** Each alias on the way: the target that came first, why, and the figure that decided (ms, US dollars, a score). */
  readonly aliases: readonly {
    readonly alias: string;
    readonly strategy: string;
    readonly first: string;
    readonly because: string;
    readonly figure: number | null;
  }[];
  /** From 0 to 1, with what each feature contributed; null where no alias went by it. */
  readonly complexity: {
    readonly score: number;
    readonly parts: Readonly<Record<string, number>>;
  } | null;
}

/** The columns a list shows. */
export interface RequestSummary {
  /** The request id, as in the `x-request-id` header. */
  readonly id: string;
  /** Rising number of the row, the cursor of the list. */
  readonly sequence: number;
  readonly startedAt: number;
  readonly outcome: Outcome;
  /** HTTP status the client got; 499 when it left. */
  readonly status: number | null;
  /** Stable error code, null on success. */
  readonly errorCode: string | null;
  /** Configured client the key belongs to; null without client keys. */
  readonly client: string | null;
  /** Name of the calling program, read from its user agent. */
  readonly app: string | null;
  readonly dialect: string;
  /** Model as the client asked for it. */
  readonly modelAsked: string | null;
  /** Model and provider that served, or were tried last. */
  readonly modelServed: string | null;
  readonly provider: string | null;
  readonly streamed: boolean;
  readonly attemptCount: number;
  readonly firstContentAt: number | null;
  readonly doneAt: number | null;
  readonly tokens: TokenCounts | null;
  readonly tokensEstimated: boolean;
  readonly finishReason: string | null;
  /** Configuration id of the key that served or was tried last. */
  readonly keyId: string | null;
  /** The request offered tools. */
  readonly tools: boolean;
  /** What the requests of one conversation share; null where nothing tells. */
  readonly conversation: string | null;
  /**
   * Pico-dollars (10^-12 US dollars): what the provider says, else by the price row; null while that is not known.
   * Free is 0, unknown is null.
   */
  readonly cost: number | null;
  /** True when the demo provider served it. */
  readonly demo: boolean;
  /** It came in from a file; statistics do not count it. Absent elsewhere. */
  readonly imported?: true | undefined;
}

/** A row as events tell it while it runs and when it ends. */
export interface LiveRow extends RequestSummary {
  /** Every attempt so far, where one of them failed. */
  readonly attempts?: readonly AttemptRecord[];
  /** What happened besides the attempts, so far. */
  readonly warnings?: readonly Told[];
}

/** A whole row. */
export interface RequestRow extends RequestSummary {
  readonly method: string;
  readonly path: string;
  readonly keyFingerprint: string | null;
  readonly userAgent: string | null;
  readonly queuedFor: number;
  readonly connectedAt: number | null;
  readonly sentAt: number | null;
  readonly firstByteAt: number | null;
  /** Null where the model's name alone said where it goes. */
  readonly routing: RoutingRecord | null;
  readonly attempts: readonly AttemptRecord[];
  /** Things the gateway changed or could not keep; of older rows their English sentences, as quotations. */
  readonly warnings: readonly Told[];
  /** What went wrong, in English. */
  readonly errorMessage: string | null;
  /** The same as data; of older rows the sentence as a quotation. */
  readonly errorTold: Told | null;
  /** How the cost was found; null while it is not known yet, and where nothing was asked of a provider. */
  readonly costDetail: RequestCost | null;
  /** Answered from the cache, or not found there; absent where it was not asked. A hit cost nothing. */
  readonly cache?: 'hit' | 'miss' | undefined;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** Bytes of the bodies as they crossed the wire. */
  readonly requestBytes: number;
  readonly responseBytes: number;
}

/** What is known of a stored body. `dropped`: the log was too busy for it, or it made room for newer ones. */
export type BodyState = 'stored' | 'truncated' | 'not-kept' | 'dropped';

/** One stored body, as text for reading. */
export interface StoredBody {
  readonly state: BodyState;
  readonly text: string;
  /** Bytes of the original body, before any cap. */
  readonly bytes: number;
}

/** Where a word that was searched for stands, in one line. */
export interface Excerpt {
  readonly before: string;
  /** Empty where the text has the word written otherwise: with an accent, for instance. */
  readonly hit: string;
  readonly after: string;
}

/** One page of the list, newest first. */
export interface RequestPage {
  readonly rows: readonly RequestSummary[];
  /** Rows that match the filter. */
  readonly total: number;
  /** False where counting them all would have taken too long: there are at least so many. */
  readonly totalIsExact: boolean;
  /** Pass as `before` to read on; null at the end. A search may stop short of a full page and be read on. */
  readonly next: number | null;
  /** Where words were searched for. */
  readonly search?:
    | {
        /** One for each row; null where the words do not stand in its messages. */
        readonly excerpts: readonly (Excerpt | null)[];
        readonly index: IndexState;
      }
    | undefined;
}

/** Figures over the whole log; see REQUIREMENTS 2.7. */
export interface RequestStatistics {
  readonly total: number;
  /** Requests that came in from files: in none of the other figures. */
  readonly imported: number;
  readonly finished: number;
  readonly succeeded: number;
  readonly averageMilliseconds: number;
  /** Requests that arrived in the last 60 minutes. */
  readonly lastHour: number;
}

/** How far the full-text index is: it is written when nothing else has to be. */
export interface IndexState {
  /** Messages and answers that are not in it yet. */
  readonly waiting: number;
  /** Unix ms of the arrival of the oldest request with one of them; null without any. */
  readonly since: number | null;
}

/** How the log itself fares. */
export interface LogHealth {
  readonly queued: number;
  readonly droppedBodies: number;
  readonly droppedRows: number;
  readonly index: IndexState;
  /** Null while all is well, else what is wrong. */
  readonly problem: Told | null;
}
