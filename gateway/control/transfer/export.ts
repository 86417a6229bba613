/** One piece of an exported file. Nothing is held between two pieces: the cursor says all. */
import type { RequestFilter } from '../../../contract/log/filter.ts';
import type { RequestSummary } from '../../../contract/log/row.ts';
import type { ExportCursor, ExportPiece } from '../../../contract/rpc/procedures/request-transfer.ts';
import type { ExportFormat } from '../../../contract/rpc/transfer-formats.ts';
import type { RequestLog } from '../../core/log-store.ts';
import type { Redactor } from '../../core/redact.ts';
import { readEntry, redactEntry, redactSummary, type EntryLog } from './entry.ts';
import { fileFormat, type FileFormat } from './formats.ts';

export interface ExportQuery {
  readonly format: ExportFormat;
  readonly which: { readonly ids: readonly string[] } | { readonly filter: RequestFilter };
  readonly redacted: boolean;
  readonly cursor?: ExportCursor | undefined;
}

export interface ExportPorts {
  readonly log: EntryLog & Pick<RequestLog, 'list'>;
  readonly redactor: Redactor;
  readonly gateway: { readonly version: string; readonly address: string };
}

/** Characters after which a piece ends. */
const PIECE = 1_000_000;
/** Rows of one question to the log. */
const PAGE_ROWS = 100;
/** Questions of one piece: a search through much of the log lets its caller hear, and stop, in between. */
const MOST_PAGES = 10;

interface Found {
  readonly rows: readonly Place[];
  /** Where to read on behind all of them; null at the end. */
  readonly next: number | null;
  readonly total: number;
}

interface Place {
  readonly id: string;
  /** Where to read on behind it. */
  readonly behind: number;
  /** Where the question told it already. */
  readonly summary: RequestSummary | null;
}

export async function exportPiece(query: ExportQuery, ports: ExportPorts): Promise<ExportPiece> {
  const format = fileFormat(query.format, ports.gateway);
  const file = { mediaType: format.mediaType, name: `switchyard-requests.${query.format}` };
  const begun = query.cursor !== undefined;
  const { at, ...counts } = query.cursor ?? { at: undefined, done: 0, of: 0, written: 0 };
  let { done, of, written } = counts;
  let next: number | null | undefined = at;
  let text = begun ? '' : format.head;

  for (let pages = 0; pages < MOST_PAGES && text.length < PIECE && next !== null; pages += 1) {
    const found: Found = await find(query.which, next, ports.log);
    if (!begun && pages === 0) of = found.total;
    next = found.next;
    for (const [index, place] of found.rows.entries()) {
      const line = await lineOf(place, format, query.redacted, ports);
      done += 1;
      if (line !== null) text += `${written === 0 ? '' : format.between}${line}`;
      if (line !== null) written += 1;
      if (text.length < PIECE || index === found.rows.length - 1) continue;
      next = place.behind;
      break;
    }
  }
  if (next === null || next === undefined) return { ...file, text: text + format.tail, done, of, next: null };
  return { ...file, text, done, of: Math.max(of, done), next: { at: next, done, of, written } };
}

async function find(
  which: ExportQuery['which'],
  at: number | undefined,
  log: ExportPorts['log'],
): Promise<Found> {
  if ('ids' in which) {
    const from = at ?? 0;
    const rows = which.ids
      .slice(from, from + PAGE_ROWS)
      .map((id, index): Place => ({ id, behind: from + index + 1, summary: null }));
    const behind = from + rows.length;
    return { rows, next: behind < which.ids.length ? behind : null, total: which.ids.length };
  }
  const page = await log.list({ limit: PAGE_ROWS, before: at, filter: which.filter });
  const rows = page.rows.map((row): Place => ({ id: row.id, behind: row.sequence, summary: row }));
  return { rows, next: page.next, total: page.total };
}

/** Null for a row that still runs, or is gone. */
async function lineOf(
  { id, summary }: Place,
  { line }: FileFormat,
  redacted: boolean,
  { log, redactor }: ExportPorts,
): Promise<string | null> {
  if (line.of === 'summary') {
    const row = summary ?? (await log.get(id));
    if (row === undefined || row.outcome === 'live') return null;
    return redacted ? line.write(redactSummary(row, redactor)) : line.write(row);
  }
  const entry = await readEntry(log, id);
  if (entry === undefined) return null;
  return line.write(redacted ? redactEntry(entry, redactor) : entry);
}
