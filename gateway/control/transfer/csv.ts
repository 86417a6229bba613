/** Rows for a spreadsheet: RFC 4180, UTF-8 with its mark, so that Excel reads it as such. Pure. */
import type { RequestSummary } from '../../../contract/log/row.ts';
import { dollarDecimal } from '../../core/money.ts';

type Cell = string | number | boolean | null | undefined;

const COLUMNS: readonly (readonly [name: string, cell: (row: RequestSummary) => Cell])[] = [
  ['id', (row) => row.id],
  ['started_at', (row) => new Date(row.startedAt).toISOString()],
  ['outcome', (row) => row.outcome],
  ['status', (row) => row.status],
  ['error', (row) => row.errorCode],
  ['client', (row) => row.client],
  ['app', (row) => row.app],
  ['format', (row) => row.dialect],
  ['model_asked', (row) => row.modelAsked],
  ['model_served', (row) => row.modelServed],
  ['provider', (row) => row.provider],
  ['key', (row) => row.keyId],
  ['streamed', (row) => row.streamed],
  ['tools', (row) => row.tools],
  ['attempts', (row) => row.attemptCount],
  ['first_content_ms', (row) => row.firstContentAt],
  ['duration_ms', (row) => row.doneAt],
  ['input_tokens', (row) => row.tokens?.input],
  ['cache_read_tokens', (row) => row.tokens?.cacheRead],
  ['cache_write_tokens', (row) => row.tokens?.cacheWrite],
  ['output_tokens', (row) => row.tokens?.output],
  ['reasoning_tokens', (row) => row.tokens?.reasoning],
  ['tokens_estimated', (row) => row.tokensEstimated],
  ['cost_usd', (row) => (row.cost === null ? null : dollarDecimal(BigInt(Math.round(row.cost))))],
  ['finish_reason', (row) => row.finishReason],
  ['conversation', (row) => row.conversation],
];

export const CSV_HEAD = `\uFEFF${COLUMNS.map(([name]) => name).join(',')}\r\n`;

export const csvLine = (row: RequestSummary): string =>
  `${COLUMNS.map(([, cell]) => csvCell(cell(row))).join(',')}\r\n`;

/** A text that a spreadsheet would take for a formula gets an apostrophe in front. */
export function csvCell(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  const harmless = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
