/** The queries of the log. Each reads to its end at once: a cursor left open would let the write-ahead log grow. */
import type { AssembledAnswer, StreamEvents } from '../../contract/log/answer.ts';
import type { Database } from 'better-sqlite3';
import type { RequestRow, RequestStatistics, StoredBody } from '../../contract/log/row.ts';
import type { Statistics, StatisticsQuery } from '../../contract/log/statistics.ts';
import type { EventsQuery } from '../core/log-store.ts';
import { createBodyReader } from './body-reader.ts';
import { SUMMARY_COLUMNS, summaryFrom, type StoredSummary } from './columns.ts';
import { decodeDetail } from './detail.ts';
import { createSearch, type LogSearch } from './search.ts';
import { createStatisticsReader } from './rollup/statistics-reader.ts';

export interface LogReader extends LogSearch {
  row(id: string): RequestRow | undefined;
  body(id: string, part: 'request' | 'response'): StoredBody | undefined;
  /** Null where the row has none. */
  answer(id: string): AssembledAnswer | null | undefined;
  events(query: EventsQuery): StreamEvents | undefined;
  /** @param now Unix ms */
  statistics(now: number): RequestStatistics;
  /** @param now Unix ms */
  figures(query: StatisticsQuery, now: number): Statistics;
}

const HOUR = 3_600_000;

const TOTALS = `SELECT count(*) FILTER (WHERE imported = 0) AS total,
  count(*) FILTER (WHERE imported = 1) AS imported,
  count(*) FILTER (WHERE outcome <> 'live' AND imported = 0) AS finished,
  count(*) FILTER (WHERE outcome = 'ok' AND imported = 0) AS succeeded,
  avg(done_at) FILTER (WHERE outcome <> 'live' AND imported = 0) AS average
  FROM requests`;

interface Totals {
  readonly total: number;
  readonly imported: number;
  readonly finished: number;
  readonly succeeded: number;
  readonly average: number | null;
}

/** The newest row of an id: ids that clients choose can come twice. */
const NEWEST = 'WHERE id = ? ORDER BY sequence DESC LIMIT 1';

/** Every method @throws SqliteError when the file cannot be read */
export function createReader(database: Database): LogReader {
  const totals = database.prepare<[], Totals>(TOTALS);
  const since = database
    .prepare<[number], number>('SELECT count(*) FROM requests WHERE started_at > ? AND imported = 0')
    .pluck();
  const summary = database.prepare<[string], StoredSummary>(
    `SELECT ${SUMMARY_COLUMNS} FROM requests ${NEWEST}`,
  );
  const detail = database.prepare<[number], string>('SELECT detail FROM details WHERE sequence = ?').pluck();
  const bodies = createBodyReader(database);

  return {
    figures: createStatisticsReader(database),
    ...createSearch(database),
    row(id) {
      const found = summary.get(id);
      if (found === undefined) return undefined;
      return { ...summaryFrom(found), ...decodeDetail(detail.get(found.sequence) ?? '{}') };
    },
    answer(id) {
      const found = summary.get(id);
      return found === undefined ? undefined : bodies.answer(found.sequence);
    },
    events({ id, from, limit }) {
      const found = summary.get(id);
      return found === undefined ? undefined : bodies.events(found.sequence, from, limit);
    },
    body(id, part) {
      const found = summary.get(id);
      if (found === undefined) return undefined;
      const stored = bodies.body(found.sequence, part);
      if (stored !== undefined && stored.state !== 'not-kept') {
        return { state: stored.state, text: stored.content.toString(), bytes: stored.bytes };
      }
      const { requestBytes, responseBytes } = decodeDetail(detail.get(found.sequence) ?? '{}');
      return { state: 'not-kept', text: '', bytes: part === 'request' ? requestBytes : responseBytes };
    },
    statistics(now) {
      const found = totals.get();
      return {
        total: found?.total ?? 0,
        imported: found?.imported ?? 0,
        finished: found?.finished ?? 0,
        succeeded: found?.succeeded ?? 0,
        averageMilliseconds: found?.average ?? 0,
        lastHour: since.get(now - HOUR) ?? 0,
      };
    },
  };
}
