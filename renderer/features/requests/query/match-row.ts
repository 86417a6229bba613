/** Judges rows of events as the log would, as far as a row of the list can tell. Pure. */
import type { Condition, RequestFilter } from '../../../../contract/log/filter.ts';
import { piecesOf } from '../../../../contract/rpc/name-pattern.ts';
import type { RequestSummary } from '../../../../contract/log/row.ts';

/** Pico-dollars of a dollar. */
const PICO = 1e12;

export type RowMatcher = (row: RequestSummary) => boolean;

/** @returns null when every row passes, `unknown` where only the log can tell */
export function rowMatcher({ words = '', where = [] }: RequestFilter): RowMatcher | 'unknown' | null {
  if (words.trim() !== '' || where.some(untold)) return 'unknown';
  return where.length === 0 ? null : (row) => where.every((condition) => holds(row, condition));
}

/** What no row of an event has: its conversation is worked out when it is written. */
const UNTOLD: ReadonlySet<Condition['field']> = new Set(['path', 'key', 'cached', 'conversation']);
const untold = ({ field }: Condition): boolean => UNTOLD.has(field);

function holds(row: RequestSummary, condition: Condition): boolean {
  const plain = judged(row, condition);
  return condition.not === true ? !plain : plain;
}

function judged(row: RequestSummary, condition: Condition): boolean {
  switch (condition.kind) {
    case 'text':
      return textsOf(row, condition.field).some(
        (text) => text !== null && condition.values.some((value) => fits(text, value)),
      );
    case 'range': {
      const value = figureOf(row, condition.field);
      const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = condition;
      return value !== null && value >= least && value <= most;
    }
    case 'flag':
      return isSo(row, condition.field);
  }
}

type FieldOf<Kind extends Condition['kind']> = Extract<Condition, { kind: Kind }>['field'];

function textsOf(row: RequestSummary, field: FieldOf<'text'>): readonly (string | null)[] {
  switch (field) {
    case 'outcome':
      return [row.outcome];
    case 'error':
      return [row.errorCode];
    case 'model':
      return [row.modelAsked, row.modelServed];
    case 'asked':
      return [row.modelAsked];
    case 'served':
      return [row.modelServed];
    case 'finish':
      return [row.finishReason];
    case 'provider':
    case 'client':
    case 'app':
    case 'dialect':
    case 'conversation':
    case 'id':
      return [row[field]];
    case 'key':
    case 'path':
      return [];
  }
}

function figureOf(row: RequestSummary, field: FieldOf<'range'>): number | null {
  const { tokens } = row;
  switch (field) {
    case 'time':
      return row.startedAt;
    case 'status':
      return row.status;
    case 'cost':
      return row.cost === null ? null : row.cost / PICO;
    case 'tokens':
      return tokens === null ? null : tokens.input + tokens.output;
    case 'input':
    case 'output':
      return tokens?.[field] ?? null;
    case 'duration':
      return row.doneAt;
    case 'firstContent':
      return row.firstContentAt;
    case 'attempts':
      return row.attemptCount;
  }
}

function isSo(row: RequestSummary, field: FieldOf<'flag'>): boolean {
  switch (field) {
    case 'streamed':
      return row.streamed;
    case 'tools':
      return row.tools;
    case 'retried':
      return row.attemptCount > 1;
    case 'failed':
      return row.outcome !== 'ok' && row.outcome !== 'live';
    case 'estimated':
      return row.tokensEstimated;
    case 'unpriced':
      return row.cost === null && row.tokens !== null;
    case 'imported':
      return row.imported === true;
    case 'cached':
      return false;
  }
}

/** Between the pieces of a pattern stands anything; case does not count. */
function fits(text: string, pattern: string): boolean {
  const pieces = piecesOf(pattern.toLowerCase()).map((piece) => piece.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${pieces.join('[^]*')}$`).test(text.toLowerCase());
}
