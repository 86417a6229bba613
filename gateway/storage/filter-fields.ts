/** Where the fields of a filter stand: as columns in the database, as members in a row. */
import type { FlagField, RangeField, TextField } from '../../contract/log/filter.ts';
import type { RequestRow } from '../../contract/log/row.ts';

export interface TextPlace {
  /** One that matches is enough. */
  readonly columns: readonly string[];
  readonly of: (row: RequestRow) => readonly (string | null)[];
  /** How whole values are compared: as they are, without regard to case, or so where all are in small letters. */
  readonly case: 'exact' | 'any' | 'small';
}

export interface RangePlace {
  /** SQL of the number; null where there is none. */
  readonly sql: string;
  readonly of: (row: RequestRow) => number | null;
  /** What the filter's number is multiplied by; then it is a whole number, as what is stored is. */
  readonly unit: number;
}

/** The filter's number in the unit of what is stored. */
export const stored = (figure: number, { unit }: RangePlace): number =>
  unit === 1 ? figure : Math.round(figure * unit);

export interface FlagPlace {
  /** SQL that is never null; word for word the condition of the partial index where there is one. */
  readonly sql: string;
  readonly of: (row: RequestRow) => boolean;
}

/** Pico-dollars of a dollar. */
const PICO = 1e12;

export const TEXT_PLACES: Readonly<Record<TextField, TextPlace>> = {
  outcome: { ...text(['outcome'], (row) => [row.outcome]), case: 'small' },
  error: text(['error_code'], (row) => [row.errorCode]),
  model: text(['model_asked', 'model_served'], (row) => [row.modelAsked, row.modelServed]),
  asked: text(['model_asked'], (row) => [row.modelAsked]),
  served: text(['model_served'], (row) => [row.modelServed]),
  provider: text(['provider'], (row) => [row.provider]),
  key: text(['key_id', 'key_fingerprint'], (row) => [row.keyId, row.keyFingerprint]),
  client: text(['client'], (row) => [row.client]),
  app: text(['app'], (row) => [row.app]),
  dialect: text(['dialect'], (row) => [row.dialect]),
  finish: text(['finish_reason'], (row) => [row.finishReason]),
  conversation: { ...text(['conversation'], (row) => [row.conversation]), case: 'exact' },
  path: text(['path'], (row) => [row.path]),
  id: { ...text(['id'], (row) => [row.id]), case: 'exact' },
};

export const RANGE_PLACES: Readonly<Record<RangeField, RangePlace>> = {
  time: { sql: 'started_at', of: (row) => Math.floor(row.startedAt), unit: 1 },
  status: { sql: 'status', of: (row) => row.status, unit: 1 },
  cost: { sql: 'cost', of: (row) => row.cost, unit: PICO },
  tokens: {
    sql: '(tokens_input + tokens_output)',
    of: ({ tokens }) => (tokens === null ? null : tokens.input + tokens.output),
    unit: 1,
  },
  input: { sql: 'tokens_input', of: ({ tokens }) => tokens?.input ?? null, unit: 1 },
  output: { sql: 'tokens_output', of: ({ tokens }) => tokens?.output ?? null, unit: 1 },
  duration: { sql: 'done_at', of: (row) => row.doneAt, unit: 1 },
  firstContent: { sql: 'first_content_at', of: (row) => row.firstContentAt, unit: 1 },
  attempts: { sql: 'attempt_count', of: (row) => row.attemptCount, unit: 1 },
};

export const FLAG_PLACES: Readonly<Record<FlagField, FlagPlace>> = {
  streamed: { sql: 'streamed = 1', of: (row) => row.streamed },
  tools: { sql: 'tools = 1', of: (row) => row.tools },
  retried: { sql: 'attempt_count > 1', of: (row) => row.attemptCount > 1 },
  failed: {
    sql: `outcome NOT IN ('ok', 'live')`,
    of: (row) => row.outcome !== 'ok' && row.outcome !== 'live',
  },
  estimated: { sql: 'tokens_estimated = 1', of: (row) => row.tokensEstimated },
  cached: { sql: 'cached = 1', of: (row) => row.cache === 'hit' },
  imported: { sql: 'imported = 1', of: (row) => row.imported === true },
  unpriced: {
    sql: '(cost IS NULL AND tokens_input IS NOT NULL)',
    of: (row) => row.cost === null && row.tokens !== null,
  },
};

function text(columns: readonly string[], of: TextPlace['of']): TextPlace {
  return { columns, of, case: 'any' };
}
