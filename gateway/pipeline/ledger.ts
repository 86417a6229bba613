/** What one request has tried so far: every attempt once, told in full. */
import type { AttemptRecord, PassedOver } from '../../contract/log/row.ts';
import type { LastFailure } from './final-error.ts';
import type { AttemptEnd } from './attempt-end.ts';
import type { RuntimeKey, RuntimeProvider } from '../core/runtime-provider.ts';
import type { TokensUsed } from '../routing/slots.ts';
import { UNREACHED } from '../routing/unreached.ts';
import type { ResponseFacts } from '../core/usage.ts';

export interface Ledger {
  readonly attempts: readonly AttemptRecord[];
  /** One replay on a fresh socket per request (docs/decisions/0018). */
  replayed: boolean;
  /** It leaves something behind at its provider, so it is not sent again where it may have been done. */
  job: boolean;
  /** Nothing else is left: places that only rest while there are others are asked all the same. */
  lastResort: boolean;
  /** A place was not asked because the retry budget of the process was spent. */
  outOfBudget: boolean;
  /** Takes the tokens of an answer that did not tell them, once they were counted here, or cannot be; else undefined. */
  settle: ((used: TokensUsed | 'unknown') => void) | undefined;
  /** How the last attempt failed; undefined before one did. */
  last: LastFailure | undefined;
  /** Attempts that failed although the provider had counted tokens. */
  readonly counted: CountedAttempt[];
  /** Keys that were passed over since the last attempt, by their English name. */
  readonly passedOver: Map<string, PassedOver>;
  add(attempt: AttemptRecord): void;
  /** The same key is not tried twice with the same body. */
  hasTried(provider: string, model: string, key: string): boolean;
  /** No connection could be made to the provider, so none of its keys and models is asked any more. */
  foundUnreached(provider: string): boolean;
  /** What one key of the target said holds for the others: it is asked no more. */
  leftTarget(provider: string, model: string): boolean;
  /** Nobody has got the request so far. */
  reachedNobody(): boolean;
  /** So many calls were sent whole and came to nothing: each was probably done, and billed. */
  lost(): number;
  /** As many were lost as may be: what came to nothing is tried once more, wherever that is, and a job is not. */
  lostEnough(): boolean;
}

/** Waited for as long as may be: of a stream, and of an answer that is none. */
const WAITED_OUT: ReadonlySet<string> = new Set(['first_content_timeout', 'total_timeout']);

/** A kept socket that is gone when it is used again says nothing of the request, which is why that is replayed. */
const wasLost = ({ result, firstByteAt, reusedSocket, action }: AttemptRecord): boolean =>
  WAITED_OUT.has(result) ||
  (result === 'upstream_cut' && firstByteAt === null && !(reusedSocket && action === 'replay'));

/** A job goes on where its answer broke, or was not understood; only an answer that says that it failed is one. */
const MAYBE_DONE: ReadonlySet<string> = new Set([
  'upstream_cut',
  'idle_timeout',
  'upstream_timeout',
  'upstream_invalid_response',
  'sse_line_too_long',
]);

const MOST_LOST = 2;

export interface CountedAttempt {
  readonly provider: RuntimeProvider;
  readonly model: string;
  readonly facts: ResponseFacts;
}

/** @param failed hears of each attempt that did not answer the request */
export function createLedger(failed: () => void = () => undefined): Ledger {
  const attempts: AttemptRecord[] = [];
  return {
    attempts,
    replayed: false,
    job: false,
    lastResort: false,
    outOfBudget: false,
    settle: undefined,
    last: undefined,
    counted: [],
    passedOver: new Map(),
    add(attempt) {
      attempts.push(attempt);
      this.passedOver.clear();
      if (attempt.action !== 'done') failed();
    },
    hasTried: (provider, model, key) =>
      attempts.some(
        (attempt) =>
          attempt.provider === provider && attempt.model === model && (attempt.keyId ?? '') === key,
      ),
    foundUnreached: (provider) =>
      attempts.some((attempt) => attempt.provider === provider && UNREACHED.has(attempt.result)),
    leftTarget: (provider, model) =>
      attempts.some(
        (attempt) =>
          attempt.provider === provider && attempt.model === model && attempt.action === 'next-target',
      ),
    reachedNobody: () => attempts.every(({ result }) => UNREACHED.has(result)),
    lost() {
      return attempts.filter((attempt) => wasLost(attempt) || (this.job && MAYBE_DONE.has(attempt.result)))
        .length;
    },
    lostEnough() {
      return this.lost() >= (this.job ? 1 : MOST_LOST);
    },
  };
}

/** Why an attempt is made, and what came before it. */
export type AttemptReasons = Pick<AttemptRecord, 'waited' | 'why' | 'passedOver'>;

/** Builds the record of an attempt that has ended. `origin`: monotonic ms at which the request arrived. */
export function attemptRecord(
  origin: number,
  provider: RuntimeProvider,
  model: string,
  key: RuntimeKey,
  end: AttemptEnd,
  verdict: Pick<AttemptRecord, 'result' | 'scope' | 'action' | 'message' | 'told' | 'cooldown'>,
  reasons: AttemptReasons,
): AttemptRecord {
  const since = (moment: number | null): number | null => (moment === null ? null : round(moment - origin));
  return {
    provider: provider.id,
    model,
    keyId: key.id === '' ? null : key.id,
    keyFingerprint: key.fingerprint,
    startedAt: round(end.times.started - origin),
    connectedAt: since(end.times.connected),
    sentAt: since(end.times.sent),
    firstByteAt: since(end.times.firstByte),
    firstContentAt: since(end.times.firstContent),
    doneAt: since(end.times.done),
    status: end.status,
    reusedSocket: end.reusedSocket,
    ...verdict,
    ...reasons,
  };
}

/** Microseconds are enough and keep rows short. */
export function round(milliseconds: number): number {
  return Math.round(milliseconds * 1_000) / 1_000;
}
