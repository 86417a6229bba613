/**
 * Writes a request log of many rows, the way the gateway's own writer does, as fast as one thread can:
 * `node bench/log-rows.ts <file> [rows, 1,000,000] [each so many rows have bodies, 10]`. For bench/log-queries.ts.
 */
import { existsSync } from 'node:fs';
import type { BodyCapture } from '../gateway/core/log-store.ts';
import { openForWriting } from '../gateway/storage/database.ts';
import { createWriter } from '../gateway/storage/writer.ts';
import { prepared } from '../gateway/testing/log-database.ts';
import { sampleRequests } from './log/sample-rows.ts';

/** Rows of one transaction. */
const BATCH = 1_000;
/** Texts that are indexed in one transaction. */
const INDEXED = 2_000;
/** Rows between two lines that say how far it is. */
const TOLD = 50_000;

const [file = '', rows = '1000000', bodied = '10'] = process.argv.slice(2);
if (file === '' || existsSync(file)) throw new Error('Name a file that is not there yet.');

const { database } = openForWriting(file, new Date());
// Nothing is lost that could not be made again.
database.pragma('synchronous = OFF');
database.pragma('cache_size = -262144');
const writer = createWriter(database);
const began = performance.now();
let written = 0;
let batch: ReturnType<typeof prepared>[] = [];
for (const { row, request, response } of sampleRequests(Number(rows), Date.now(), Number(bodied))) {
  batch.push(prepared(row, { request: capture(request), response: capture(response) }));
  if (batch.length === BATCH) flush();
}
flush();
const rowsDone = performance.now();
while (writer.index.step(INDEXED));
writer.checkpoint();
database.close();
console.info(
  `${written} rows in ${seconds(rowsDone - began)} s, index in ${seconds(performance.now() - rowsDone)} s: ${file}`,
);

function flush(): void {
  const { count, reason } = writer.write(batch);
  if (count > 0) throw new Error(`${count} rows were refused: ${reason}`);
  written += batch.length;
  batch = [];
  if (written % TOLD === 0) console.info(`${written} rows, ${seconds(performance.now() - began)} s`);
}

function capture(body: string | null): BodyCapture | null {
  if (body === null) return null;
  const bytes = Buffer.from(body);
  return { chunks: [bytes], bytes: bytes.length, truncated: false, contentType: 'application/json' };
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1_000).toFixed(1);
}
