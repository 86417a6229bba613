/** The reader's side of the wire: one question, one answer, one read-only connection. */
import { existsSync } from 'node:fs';
import type { MessagePort } from 'node:worker_threads';
import { openForReading } from './database.ts';
import type { LogAnswer, LogQuery, ReaderReply, ReaderRequest } from './messages.ts';
import { newestSchema, schemaOf } from './migrate.ts';
import { MIGRATIONS } from './migrations.ts';
import { createReader, type LogReader } from './reader.ts';

/** @param file an existing database; without it every question is answered with the reason */
export function runReader(port: MessagePort, file: string): void {
  let ask: ((query: LogQuery) => LogAnswer) | undefined;
  port.on('message', ({ call, query }: ReaderRequest) => {
    const reply: ReaderReply = { call, answer: attempt(query) };
    port.postMessage(reply);
  });

  function attempt(query: LogQuery): LogAnswer {
    try {
      ask ??= openReader(file);
      return ask(query);
    } catch (error) {
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  }
}

/**
 * Each question sees the file at one moment: parts and blocks may be moved or deleted between two statements.
 * @throws Error while the writer has not opened the file, or is bringing it up to this version
 */
function openReader(file: string): (query: LogQuery) => LogAnswer {
  if (!existsSync(file)) throw new Error('it is still being opened; try again in a moment');
  const database = openForReading(file);
  if (schemaOf(database) < newestSchema(MIGRATIONS)) {
    database.close();
    throw new Error(
      'it is still being brought up to this version, which takes a while for a large one; try again in a moment',
    );
  }
  const reader = createReader(database);
  return database.transaction((query: LogQuery) => answer(query, reader));
}

function answer(query: LogQuery, reader: LogReader): LogAnswer {
  switch (query.kind) {
    case 'list':
      return { kind: 'list', page: reader.list(query) };
    case 'histogram':
      return { kind: 'histogram', histogram: reader.histogram(query.filter, query.buckets) };
    case 'values':
      return { kind: 'values', values: reader.values(query.field, query.part, query.limit) };
    case 'row':
      return { kind: 'row', row: reader.row(query.id) };
    case 'body':
      return { kind: 'body', body: reader.body(query.id, query.part) };
    case 'answer':
      return { kind: 'answer', answer: reader.answer(query.id) };
    case 'events':
      return { kind: 'events', events: reader.events(query) };
    case 'statistics':
      return { kind: 'statistics', statistics: reader.statistics(query.now) };
    case 'figures':
      return { kind: 'figures', figures: reader.figures(query.question, query.now) };
  }
}
