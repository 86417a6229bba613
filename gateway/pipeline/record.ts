/** The log row of one request while it is being told; handed to the log at the start and at the end. */
import type { Warn } from '../core/canonical/request.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { RequestCost } from '../../contract/log/cost.ts';
import type { Outcome, RequestRow, RoutingRecord, TokenCounts } from '../../contract/log/row.ts';
import type { BodyPolicy } from '../../contract/config/schema.ts';
import { withoutAddressKeys } from '../core/address-keys.ts';
import { costOf } from '../core/cost.ts';
import type { Exchange } from '../core/exchange.ts';
import type { BodyCapture, RowBodies } from '../core/log-store.ts';
import { isSecretName } from '../core/secret-names.ts';
import type { ResponseFacts } from '../core/usage.ts';
import { withoutInnerText } from '../core/redact-told.ts';
import { appName } from './app-name.ts';
import { NO_FACTS } from './attempt-end.ts';
import { createLedger, round, type Ledger } from './ledger.ts';
import type { PipelinePorts } from './ports.ts';
import type { Relay } from './relay.ts';

export interface RequestRecord {
  readonly ledger: Ledger;
  /** Name of the calling program; null where it tells none. */
  readonly app: string | null;
  /** What the body said. */
  asked(model: string, streamed: boolean, tools: boolean): void;
  readonly warn: Warn;
  /** What chose the place it went to; null where the model's name alone did. */
  routed(routing: RoutingRecord | null): void;
  /** The log keeps this body in place of the one that came. */
  readonly masked: (body: Uint8Array) => void;
  /** Hands the row to the log as a request under way. */
  begin(): void;
  /** Hands the finished row to the log. */
  finish(end: {
    readonly outcome: Outcome;
    readonly errorCode: string | null;
    /** What went wrong, without secrets. */
    readonly error: Told | null;
    readonly facts: ResponseFacts;
    readonly demo: boolean;
  }): void;
  /** Hands the finished row to the log once more, with counts that the gateway made itself. */
  estimated(tokens: TokenCounts): void;
  /** Nobody will count its tokens. */
  uncountable(): void;
  queuedFor: number;
  /** Null where no cache was asked. */
  cache: 'hit' | 'miss' | null;
  /** What it cost; a row that was handed to the log before is handed to it once more. */
  priced(cost: RequestCost): void;
  /** Waits for counts that the provider did not give; null for none that come. Undefined: the cost comes later. */
  uncounted: ((tokens: TokenCounts | null) => RequestCost | undefined) | null;
  /** Settles when the cost stands against its budgets; null where nothing is charged. */
  charged: Promise<void> | null;
}

const ORDER: Readonly<Record<BodyPolicy, number>> = { off: 0, metadata: 1, full: 2 };

/** The stricter of what is configured for all, for the client, and wished by the request. */
export function bodyPolicy(exchange: Exchange, configured: BodyPolicy): BodyPolicy {
  const wishes = [configured, exchange.client?.log ?? 'full', exchange.logWish ?? 'full'] as const;
  return wishes.reduce((strictest, wish) => (ORDER[wish] < ORDER[strictest] ? wish : strictest));
}

/** Kept of one request: a client that gives occasion to very many must not make its row large, nor each be compared. */
const MOST_REMARKS = 100;

/** Rises by at least one with each request and orders rows over restarts: microseconds of the wall clock. */
export function createSequence(wall: () => number): () => number {
  let last = 0;
  return () => {
    last = Math.max(last + 1, Math.floor(wall() * 1_000));
    return last;
  };
}

export function openRecord(
  exchange: Exchange,
  relay: Relay,
  policy: BodyPolicy,
  sequence: number,
  ports: PipelinePorts,
): RequestRecord {
  const { request } = exchange;
  const ledger = createLedger(underWay);
  const warnings: Told[] = [];
  let kept = exchange.body;
  const userAgent = request.headers['user-agent'];
  const app = appName(userAgent);
  let modelAsked: string | null = null;
  let streamed = false;
  let tools = false;
  let routing: RoutingRecord | null = null;
  let cost: RequestCost | null = null;
  /** The row as it was told last. */
  let ended: RequestRow | undefined;
  /** Undefined while the log has no finished row. */
  let logged: RowBodies | undefined;

  function row(
    outcome: Outcome,
    status: number | null,
    end: { errorCode: string | null; error: Told | null; facts: ResponseFacts; demo: boolean },
  ): RequestRow {
    const served = ledger.attempts.at(-1);
    const { usage, finishReason } = end.facts;
    return {
      id: exchange.id,
      sequence,
      startedAt: exchange.arrivedAtWall,
      outcome,
      status,
      errorCode: end.errorCode,
      client: exchange.client?.id ?? null,
      app,
      dialect: exchange.shape,
      modelAsked,
      modelServed: served?.model ?? null,
      provider: served?.provider ?? null,
      streamed,
      attemptCount: ledger.attempts.length,
      firstContentAt: served?.firstContentAt ?? null,
      doneAt: outcome === 'live' ? null : round(ports.clock.monotonic() - exchange.arrivedAt),
      tokens: usage,
      tokensEstimated: false,
      finishReason,
      keyId: served?.keyId ?? null,
      tools,
      conversation: null,
      cost: cost === null ? null : costOf(cost),
      demo: end.demo,
      method: request.method ?? '',
      path: withoutAddressKeys(request.url ?? '').slice(0, 2_000),
      keyFingerprint: served?.keyFingerprint ?? null,
      userAgent: userAgent?.slice(0, 500) ?? null,
      queuedFor: round(record.queuedFor),
      connectedAt: served?.connectedAt ?? null,
      sentAt: served?.sentAt ?? null,
      firstByteAt: served?.firstByteAt ?? null,
      attempts: ledger.attempts,
      routing,
      warnings,
      errorMessage: end.error?.text ?? null,
      errorTold: end.error === null ? null : withoutInnerText(end.error),
      costDetail: cost,
      ...(record.cache === null ? {} : { cache: record.cache }),
      requestHeaders: keptHeaders(exchange),
      responseHeaders: relay.headers,
      requestBytes: exchange.body.length,
      responseBytes: relay.body.bytes,
    };
  }

  const liveRow = (): RequestRow =>
    row('live', null, { errorCode: null, error: null, facts: NO_FACTS, demo: false });

  /** Also after each attempt that failed: whoever looks at the request then sees it. */
  function underWay(): void {
    if (policy === 'off' || ended !== undefined) return;
    const live = liveRow();
    ports.log.begin(live);
    ports.changed(live);
  }

  const record: RequestRecord = {
    ledger,
    app,
    queuedFor: 0,
    cache: null,
    uncounted: null,
    charged: null,
    asked(model, isStreamed, withTools) {
      modelAsked = model === '' ? null : model.slice(0, 200);
      streamed = isStreamed;
      tools = withTools;
    },
    warn(remark) {
      if (warnings.length >= MOST_REMARKS) return;
      if (!warnings.some(({ text }) => text === remark.text)) warnings.push(remark);
    },
    masked(body) {
      kept = body;
    },
    routed(record) {
      routing = record;
    },
    begin: underWay,
    finish(end) {
      const status = end.outcome === 'client-left' ? 499 : relay.status;
      const finished = row(end.outcome, status, end);
      ended = finished;
      ports.ended(finished);
      if (policy === 'off') return;
      const keep = policy === 'full';
      const contentType = relay.headers['content-type'] ?? '';
      logged = {
        request: keep ? requestCapture(exchange, kept, ports) : null,
        response: keep && isText(contentType) ? relay.body.take(contentType, exchange.arrivedAt) : null,
      };
      ports.log.finish(finished, logged);
      ports.changed(finished);
    },
    estimated(tokens) {
      ledger.settle?.(tokens);
      ledger.settle = undefined;
      cost = record.uncounted?.(tokens) ?? cost;
      record.uncounted = null;
      again({ tokens, tokensEstimated: true });
    },
    uncountable() {
      ledger.settle?.('unknown');
      ledger.settle = undefined;
      const known = record.uncounted?.(null);
      record.uncounted = null;
      if (known !== undefined) record.priced(known);
    },
    priced(told) {
      cost = told;
      again({});
    },
  };

  function again(counts: Partial<Pick<RequestRow, 'tokens' | 'tokensEstimated'>>): void {
    if (ended === undefined) return;
    const before = ended;
    const costs = { cost: cost === null ? null : costOf(cost), costDetail: cost };
    ended = { ...before, ...counts, ...costs };
    ports.corrected(ended, before);
    if (logged === undefined) return;
    // With its bodies: a row that still waits to be written is replaced as a whole.
    ports.log.finish(ended, logged);
    ports.changed(ended);
  }
  return record;
}

/** Bodies are kept as text; of sound, pictures and forms with files nothing readable would be left. */
const isText = (contentType: string): boolean =>
  contentType === '' || /^(?:text\/|application\/(?:[\w.+-]*\+)?(?:json|x-ndjson))/i.test(contentType);

function requestCapture(exchange: Exchange, body: Uint8Array, ports: PipelinePorts): BodyCapture | null {
  const contentType = exchange.request.headers['content-type'] ?? '';
  if (body.length === 0 || !isText(contentType)) return null;
  const most = ports.limits.capturedBytes;
  if (body.length <= most) return { chunks: [body], bytes: body.length, truncated: false, contentType };
  const half = Math.floor(most / 2);
  const chunks = [body.subarray(0, half), body.subarray(body.length - half)];
  return { chunks, bytes: body.length, truncated: true, contentType };
}

/** Client headers worth keeping; credentials are left out here and taken out again by the log. */
function keptHeaders(exchange: Exchange): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  const { headers } = exchange.request;
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || isSecretName(name)) continue;
    kept[name] = (typeof value === 'string' ? value : value.join(', ')).slice(0, 1_000);
  }
  return kept;
}
