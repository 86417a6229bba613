/**
 * The request log on SQLite. The main thread only hands over: one worker writes, another reads, and nothing
 * here waits for the disk.
 */
import type { Clock, Logger } from '../core/ports.ts';
import type { RequestLog, RowBodies } from '../core/log-store.ts';
import type { LogAnswer, LogQuery } from './messages.ts';
import { createReaderLink } from './reader-link.ts';
import { within } from './within.ts';
import { planOf } from './rollup/answer.ts';
import { createWriterLink } from './writer-link.ts';

export interface LogPatience {
  /** How long a question waits for rows that are on their way to the disk, ms. */
  readonly catchUp: number;
  /** How long a question waits for the file to be opened and checked, ms. */
  readonly opening: number;
}

const PATIENCE: LogPatience = { catchUp: 1_000, opening: 10_000 };
/** How long closing waits for the last rows, and then for the worker, ms. */
const CLOSING = 5_000;

export interface RequestLogOptions {
  /** Path of `log.db`; its folder exists. */
  readonly file: string;
  /** Entry of both workers: `worker.ts` unbuilt, the host's own output file when built. */
  readonly worker: URL;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Longer in tests, where a slow disk must not look like a lost row. */
  readonly patience?: LogPatience | undefined;
}

const NO_BODIES: RowBodies = { request: null, response: null };

/** Starts the writer at once. Questions reject with a sentence when the file cannot be read. */
export function createRequestLog(options: RequestLogOptions): RequestLog {
  const { clock, patience = PATIENCE } = options;
  const reader = createReaderLink(options);
  let opened = (): void => undefined;
  const opening = new Promise<void>((resolve) => {
    opened = resolve;
  });
  const writer = createWriterLink({
    ...options,
    opened() {
      reader.drop();
      opened();
    },
  });

  function writtenFor(query: LogQuery): Promise<void> {
    if (query.kind === 'figures') return writer.catchUp('fold');
    return 'filter' in query && query.filter.words !== undefined ? writer.catchUp('index') : writer.flush();
  }

  /** What was handed over before a question is part of its answer, unless the disk stands still. */
  async function ask<Kind extends LogQuery['kind']>(
    query: Extract<LogQuery, { kind: Kind }>,
  ): Promise<Extract<LogAnswer, { kind: Kind }>> {
    await within(patience.opening, opening, clock);
    await within(patience.catchUp, writtenFor(query), clock);
    const { problem } = writer.health();
    if (writer.refused()) throw new Error(problem?.text ?? 'The request log cannot be used.');
    const answer = await reader.ask(query);
    if (isAnswerTo(query.kind, answer)) return answer;
    throw new Error(`The request log answered ${answer.kind} to ${query.kind}.`);
  }

  return {
    begin: (row) => writer.add(row, NO_BODIES),
    finish: (row, bodies) => writer.add(row, bodies),
    redact: (secrets) => writer.redact(secrets),
    keep: (limits) => writer.keep(limits),
    async list({ limit, before, skip = 0, whole = false, filter }) {
      const { page } = await ask({ kind: 'list', limit, before, skip, whole, filter });
      return page;
    },
    async histogram({ filter, buckets }) {
      const { histogram } = await ask({ kind: 'histogram', filter, buckets });
      return histogram;
    },
    async values({ field, part, limit }) {
      const { values } = await ask({ kind: 'values', field, part, limit });
      return values;
    },
    async get(id) {
      const { row } = await ask({ kind: 'row', id });
      return row;
    },
    async body(id, part) {
      const { body } = await ask({ kind: 'body', id, part });
      return body;
    },
    async answer(id) {
      const { answer } = await ask({ kind: 'answer', id });
      return answer;
    },
    async events({ id, from, limit }) {
      const { events } = await ask({ kind: 'events', id, from, limit });
      return events;
    },
    async statistics(now) {
      const { statistics } = await ask({ kind: 'statistics', now });
      return statistics;
    },
    async figures(query, now) {
      // Refused here, so that what is wrong is told by name: errors of a worker come as sentences.
      planOf(query, now);
      const { figures } = await ask({ kind: 'figures', question: query, now });
      return figures;
    },
    async remove(sequences) {
      await within(patience.opening, opening, clock);
      return writer.remove(sequences);
    },
    async scrub() {
      await within(patience.opening, opening, clock);
      await writer.scrub();
    },
    async clear(told, signal) {
      await within(patience.opening, opening, clock);
      await within(patience.catchUp, writer.flush(), clock);
      return writer.clear(told, signal);
    },
    async copy(to, told) {
      await within(patience.opening, opening, clock);
      await within(patience.catchUp, writer.flush(), clock);
      return writer.copy(to, told);
    },
    stopCopy: () => writer.stopCopy(),
    health: () => writer.health(),
    flush: () => writer.flush(),
    async close() {
      // The last connection to go moves the write-ahead log into the file: that has to be the writer's.
      await reader.close();
      await writer.close(CLOSING);
    },
  };
}

function isAnswerTo<Kind extends LogAnswer['kind']>(
  kind: Kind,
  answer: LogAnswer,
): answer is Extract<LogAnswer, { kind: Kind }> {
  return answer.kind === kind;
}
