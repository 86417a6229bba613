/** A row of the log with its bodies: what every file format carries. */
import type { RequestRow, RequestSummary, StoredBody } from '../../../contract/log/row.ts';
import type { RequestLog } from '../../core/log-store.ts';
import type { Redactor } from '../../core/redact.ts';
import { redactRow } from '../../storage/redact-row.ts';

export interface LogEntry {
  readonly row: RequestRow;
  readonly request: StoredBody;
  readonly response: StoredBody;
  /** When each event of a stream came, whole ms since the request arrived; the last ones may have none. */
  readonly times: readonly number[];
}

/** What is asked of a log for it. */
export type EntryLog = Pick<RequestLog, 'get' | 'body' | 'events'>;

/** More than a stream can have that is kept. */
const ALL_EVENTS = 10_000_000;

/** Undefined where the row is gone, or still runs. */
export async function readEntry(log: EntryLog, id: string): Promise<LogEntry | undefined> {
  const row = await log.get(id);
  if (row === undefined || row.outcome === 'live') return undefined;
  const request = await log.body(id, 'request');
  const response = await log.body(id, 'response');
  if (request === undefined || response === undefined) return undefined;
  return { row, request, response, times: row.streamed ? await timesOf(log, id) : [] };
}

async function timesOf(log: EntryLog, id: string): Promise<readonly number[]> {
  const { events } = (await log.events({ id, from: 0, limit: ALL_EVENTS })) ?? { events: [] };
  return events.map(({ at }) => at).filter((at) => at !== null);
}

/** Without secrets that became known after the row was written. */
export function redactEntry({ row, request, response, times }: LogEntry, redactor: Redactor): LogEntry {
  return {
    times,
    row: redactRow(row, redactor),
    request: { ...request, text: redactor.text(request.text) },
    response: { ...response, text: redactor.text(response.text) },
  };
}

/** The same of what a list shows. */
export function redactSummary(row: RequestSummary, redactor: Redactor): RequestSummary {
  const clean = (text: string | null): string | null => (text === null ? null : redactor.text(text));
  return {
    ...row,
    app: clean(row.app),
    modelAsked: clean(row.modelAsked),
    modelServed: clean(row.modelServed),
    finishReason: clean(row.finishReason),
    conversation: clean(row.conversation),
  };
}
