/** The request log without a file: the same behaviour, gone with the process. For tests and for hosts without a disk. */
import type { StreamEvents } from '../../contract/log/answer.ts';
import type { RequestFilter } from '../../contract/log/filter.ts';
import type { RequestPage, RequestRow, StoredBody } from '../../contract/log/row.ts';
import type { BodyCapture, RequestLog, RowBodies } from '../core/log-store.ts';
import type { Clock } from '../core/ports.ts';
import { assembleAnswer } from '../core/answer/assemble.ts';
import { createRedactor, type Redactor } from '../core/redact.ts';
import { summaryOf } from '../core/row-summary.ts';
import { searchTerms } from '../core/search-query.ts';
import { conversationOf } from './conversation.ts';
import { eventsOf, eventTimes } from './event-times.ts';
import { meets } from './filter-row.ts';
import { frameOf } from './histogram-frame.ts';
import { countedIn } from './histogram-counts.ts';
import { memoryValues } from './memory-values.ts';
import { excerptFrom, hasWords } from './memory-search.ts';
import type { LogLimits } from './messages.ts';
import { splitBody } from './split-body.ts';
import { redactRow } from './redact-row.ts';
import { countedRow, type CountedRequest } from './rollup/counted.ts';
import { memoryStatistics } from './rollup/memory-statistics.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

interface Entry {
  readonly row: RequestRow;
  readonly request: StoredBody;
  readonly response: StoredBody;
  /** Of the events of a stream. */
  readonly times: readonly number[];
}

/** Bytes of bodies count as its size. @param clock its wall clock decides what is too old */
export function createMemoryLog(clock: Clock): RequestLog {
  const entries = new Map<number, Entry>();
  let redactor = createRedactor([]);
  let limits: LogLimits | undefined;
  /** Of every finished request there was, as statistics outlive their rows. */
  const counted = new Map<number, CountedRequest>();

  const newestFirst = (): Entry[] =>
    [...entries.values()].sort((left, right) => right.row.sequence - left.row.sequence);
  const find = (id: string): Entry | undefined => newestFirst().find(({ row }) => row.id === id);

  function add(row: RequestRow, bodies: RowBodies): void {
    // As in the database: a sequence that was given twice stays with the older request.
    if ((entries.get(row.sequence)?.row.id ?? row.id) !== row.id) return;
    const request = storedBody(bodies.request, row.requestBytes, redactor);
    const conversation = row.conversation ?? conversationOf(row, splitBody(Buffer.from(request.text)).parts);
    const clean = redactRow({ ...row, conversation }, redactor);
    const ended = countedRow(clean);
    if (ended !== null) counted.set(row.sequence, ended);
    entries.set(row.sequence, {
      row: clean,
      request,
      response: storedBody(bodies.response, row.responseBytes, redactor),
      times: timesOf(bodies.response),
    });
    retain();
  }

  function retain(): void {
    if (limits === undefined) return;
    const oldest = clock.wall() - limits.days * DAY;
    let rows = 0;
    let size = 0;
    for (const { row, request, response } of newestFirst()) {
      rows += 1;
      size += request.text.length + response.text.length;
      const beyond = rows > limits.rows || size > limits.size || row.startedAt < oldest;
      if (beyond && row.outcome !== 'live') entries.delete(row.sequence);
    }
  }

  function matchingRows({ words = '', address = false, where = [] }: RequestFilter): readonly Entry[] {
    const terms = searchTerms(words);
    const part = address ? words.trim().toLowerCase() : '';
    return newestFirst().filter(
      (entry) =>
        meets(entry.row, where) &&
        ((part !== '' && `${entry.row.method} ${entry.row.path}`.toLowerCase().includes(part)) ||
          (terms !== null && hasWords(textsOf(entry), terms))),
    );
  }

  return {
    begin: (row) => add(row, { request: null, response: null }),
    finish: add,
    redact(secrets) {
      redactor = createRedactor(secrets);
    },
    keep(next) {
      limits = next;
      retain();
    },
    list({ limit, before, skip = 0, filter }) {
      const matching = matchingRows(filter);
      const older = matching.filter(({ row }) => before === undefined || row.sequence < before);
      const rest = older.slice(skip);
      const page = rest.slice(0, limit);
      const rows = page.map(({ row }) => summaryOf(row));
      const next = rest.length > limit ? (rows.at(-1)?.sequence ?? null) : null;
      return Promise.resolve({
        rows,
        total: matching.length,
        totalIsExact: true,
        next,
        ...found(page, filter),
      });
    },
    get: (id) => Promise.resolve(find(id)?.row),
    body: (id, part) => Promise.resolve(find(id)?.[part]),
    answer(id) {
      const entry = find(id);
      return Promise.resolve(entry && (assembleAnswer(entry.response.text)?.answer ?? null));
    },
    events({ id, from, limit }) {
      const entry = find(id);
      return Promise.resolve(entry && memoryEvents(entry.response, entry.times, from, limit));
    },
    statistics(now) {
      const all = newestFirst().map(({ row }) => row);
      const rows = all.filter(({ imported }) => imported !== true);
      const finished = rows.filter(({ outcome }) => outcome !== 'live');
      const times = finished.flatMap(({ doneAt }) => (doneAt === null ? [] : [doneAt]));
      const sum = times.reduce((total, time) => total + time, 0);
      return Promise.resolve({
        total: rows.length,
        imported: all.length - rows.length,
        finished: finished.length,
        succeeded: finished.filter(({ outcome }) => outcome === 'ok').length,
        averageMilliseconds: times.length === 0 ? 0 : sum / times.length,
        lastHour: rows.filter(({ startedAt }) => startedAt > now - HOUR).length,
      });
    },
    figures: (query, now) => Promise.resolve(memoryStatistics(counted.values(), query, now)),
    histogram({ filter, buckets }) {
      const times = [...entries.values()].map(({ row }) => row.startedAt);
      const [oldest, newest] = times.reduce(
        ([least, most], time) => [Math.min(least, time), Math.max(most, time)],
        [Number.POSITIVE_INFINITY, 0],
      );
      const frame = frameOf(Math.min(oldest, newest), newest, filter.where ?? [], buckets);
      const rows = matchingRows(filter).map(({ row }) => row);
      return Promise.resolve({ ...frame, counts: countedIn(rows, frame), exact: true });
    },
    values(query) {
      const rows = [...entries.values()].map(({ row }) => row);
      return Promise.resolve(memoryValues(rows, query));
    },
    remove(sequences) {
      const finished = sequences.filter(
        (sequence) => (entries.get(sequence)?.row.outcome ?? 'live') !== 'live',
      );
      for (const sequence of finished) entries.delete(sequence);
      return Promise.resolve(finished.length);
    },
    scrub: () => Promise.resolve(),
    copy: () => Promise.reject(new Error('A log in memory has no file to copy.')),
    stopCopy: () => undefined,
    clear(told) {
      const finished = newestFirst().filter(({ row }) => row.outcome !== 'live');
      for (const { row } of finished) entries.delete(row.sequence);
      told?.(finished.length);
      return Promise.resolve(finished.length);
    },
    health: () => ({
      queued: 0,
      droppedBodies: 0,
      droppedRows: 0,
      index: { waiting: 0, since: null },
      problem: null,
    }),
    flush: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

const textsOf = ({ request, response }: Entry): readonly string[] => [request.text, response.text];

function found(page: readonly Entry[], { words = '' }: RequestFilter): Pick<RequestPage, 'search'> {
  if (words.trim() === '') return {};
  const term = searchTerms(words)?.find(({ not }) => !not);
  const excerpts = page.map((entry) => (term === undefined ? null : excerptFrom(textsOf(entry), term)));
  return { search: { excerpts, index: NOTHING_WAITS } };
}

const NOTHING_WAITS = { waiting: 0, since: null };

function timesOf(body: BodyCapture | null): readonly number[] {
  if (body?.stream === undefined) return [];
  const { head, times } = body.stream;
  return eventTimes(times, { content: Buffer.concat(body.chunks), bytes: body.bytes, head });
}

function memoryEvents(
  { text, state }: StoredBody,
  times: readonly number[],
  from: number,
  limit: number,
): StreamEvents {
  if (assembleAnswer(text)?.streamed !== true) return { events: [], total: 0, state: 'not-kept' };
  return { ...eventsOf(Buffer.from(text), times, from, limit), state };
}

function storedBody(body: BodyCapture | null, bytes: number, redactor: Redactor): StoredBody {
  if (body === null) return { state: 'not-kept', text: '', bytes };
  if (body.dropped === true) return { state: 'dropped', text: '', bytes: body.bytes };
  const text = redactor.text(Buffer.concat(body.chunks).toString('utf8'));
  return { state: body.truncated ? 'truncated' : 'stored', text, bytes: body.bytes };
}
