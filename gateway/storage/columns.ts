/** A row's summary as columns of `requests`, and back. */
import type { Outcome, RequestRow, RequestSummary } from '../../contract/log/row.ts';

type Column = readonly [name: string, value: (row: RequestRow) => string | number | null];

/** Every column of a summary but the key, with what it holds. SQLite has no booleans: 0 and 1. */
const SUMMARY: readonly Column[] = [
  ['id', (row) => row.id],
  ['started_at', (row) => Math.floor(row.startedAt)],
  ['outcome', (row) => row.outcome],
  ['status', (row) => row.status],
  ['error_code', (row) => row.errorCode],
  ['client', (row) => row.client],
  ['app', (row) => row.app],
  ['dialect', (row) => row.dialect],
  ['model_asked', (row) => row.modelAsked],
  ['model_served', (row) => row.modelServed],
  ['provider', (row) => row.provider],
  ['streamed', (row) => Number(row.streamed)],
  ['attempt_count', (row) => row.attemptCount],
  ['first_content_at', (row) => row.firstContentAt],
  ['done_at', (row) => row.doneAt],
  ['tokens_input', (row) => row.tokens?.input ?? null],
  ['tokens_cache_read', (row) => row.tokens?.cacheRead ?? null],
  ['tokens_cache_write', (row) => row.tokens?.cacheWrite ?? null],
  ['tokens_output', (row) => row.tokens?.output ?? null],
  ['tokens_reasoning', (row) => row.tokens?.reasoning ?? null],
  ['tokens_estimated', (row) => Number(row.tokensEstimated)],
  ['finish_reason', (row) => row.finishReason],
  ['key_id', (row) => row.keyId],
  ['tools', (row) => Number(row.tools)],
  ['conversation', (row) => row.conversation],
  ['cost', (row) => row.cost],
  ['demo', (row) => Number(row.demo)],
  ['imported', (row) => Number(row.imported === true)],
];

/** What else rows are narrowed and counted by. */
const FURTHER: readonly Column[] = [
  ['cached', (row) => Number(row.cache === 'hit')],
  ['method', (row) => row.method],
  ['path', (row) => row.path],
  ['key_fingerprint', (row) => row.keyFingerprint],
];

const COLUMNS = [...SUMMARY, ...FURTHER];
const NAMES = COLUMNS.map(([name]) => name);

/** What a row says from its beginning on: writing it again would cost a change of each of its indexes. */
const LASTING: ReadonlySet<string> = new Set([
  'id',
  'started_at',
  'client',
  'app',
  'dialect',
  'method',
  'path',
]);
const CHANGING = NAMES.filter((name) => !LASTING.has(name));

/**
 * Inserts a row or completes the one that began. A row is told apart by sequence and id: should a clock set
 * back have given a sequence twice, the older request keeps it.
 */
export const UPSERT_ROW = `INSERT INTO requests (sequence, ${NAMES.join(', ')})
  VALUES (?, ${NAMES.map(() => '?').join(', ')})
  ON CONFLICT (sequence) DO UPDATE SET ${CHANGING.map((name) => `${name} = excluded.${name}`).join(', ')}
  WHERE requests.id = excluded.id`;

/** The parameters of `UPSERT_ROW`, in its order. */
export function rowValues(row: RequestRow): readonly (string | number | null)[] {
  return [row.sequence, ...COLUMNS.map(([, value]) => value(row))];
}

export const SUMMARY_COLUMNS = `sequence, ${SUMMARY.map(([name]) => name).join(', ')}`;

/** What SQLite answers for `SUMMARY_COLUMNS`. */
export interface StoredSummary {
  readonly sequence: number;
  readonly id: string;
  readonly started_at: number;
  readonly outcome: Outcome;
  readonly status: number | null;
  readonly error_code: string | null;
  readonly client: string | null;
  readonly app: string | null;
  readonly dialect: string;
  readonly model_asked: string | null;
  readonly model_served: string | null;
  readonly provider: string | null;
  readonly streamed: number;
  readonly attempt_count: number;
  readonly first_content_at: number | null;
  readonly done_at: number | null;
  readonly tokens_input: number | null;
  readonly tokens_cache_read: number | null;
  readonly tokens_cache_write: number | null;
  readonly tokens_output: number | null;
  readonly tokens_reasoning: number | null;
  readonly tokens_estimated: number;
  readonly finish_reason: string | null;
  readonly key_id: string | null;
  readonly tools: number;
  readonly conversation: string | null;
  readonly cost: number | null;
  readonly demo: number;
  readonly imported: number;
}

export function summaryFrom(stored: StoredSummary): RequestSummary {
  return {
    id: stored.id,
    sequence: stored.sequence,
    startedAt: stored.started_at,
    outcome: stored.outcome,
    status: stored.status,
    errorCode: stored.error_code,
    client: stored.client,
    app: stored.app,
    dialect: stored.dialect,
    modelAsked: stored.model_asked,
    modelServed: stored.model_served,
    provider: stored.provider,
    streamed: stored.streamed === 1,
    attemptCount: stored.attempt_count,
    firstContentAt: stored.first_content_at,
    doneAt: stored.done_at,
    tokens: tokensFrom(stored),
    tokensEstimated: stored.tokens_estimated === 1,
    finishReason: stored.finish_reason,
    keyId: stored.key_id,
    tools: stored.tools === 1,
    conversation: stored.conversation,
    cost: stored.cost,
    demo: stored.demo === 1,
    ...(stored.imported === 1 ? { imported: true } : {}),
  };
}

type StoredTokens = Pick<
  StoredSummary,
  'tokens_input' | 'tokens_cache_read' | 'tokens_cache_write' | 'tokens_output' | 'tokens_reasoning'
>;

export function tokensFrom(stored: StoredTokens): RequestSummary['tokens'] {
  if (stored.tokens_input === null) return null;
  return {
    input: stored.tokens_input,
    cacheRead: stored.tokens_cache_read ?? 0,
    cacheWrite: stored.tokens_cache_write ?? 0,
    output: stored.tokens_output ?? 0,
    reasoning: stored.tokens_reasoning ?? 0,
  };
}
