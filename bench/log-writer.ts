/**
 * What a request of 2.6 KB costs the log's writer in CPU, without and with its index, and what it costs to delete
 * one. Budgets: DESIGN section 14. Usage: node bench/log-writer.ts [requests]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRedactor } from '../gateway/core/redact.ts';
import { openForWriting } from '../gateway/storage/database.ts';
import { encodeBatch } from '../gateway/storage/encode-batch.ts';
import { createOutbox, OUTBOX_LIMITS } from '../gateway/storage/outbox.ts';
import { prepareBatch, STREAM_EVENTS } from '../gateway/storage/prepare.ts';
import { createWriter } from '../gateway/storage/writer.ts';
import { capture, requestRow } from '../gateway/testing/request-row.ts';
import { createSampleText } from './log/sample-text.ts';

const BATCH = 50;
/** Batches before anything is measured. */
const WARM = 20;
const BODY = 1_300;

/** Measured, behind those that warm up. */
const requests = Number(process.argv[2] ?? 5_000);
if (!Number.isInteger(requests) || requests < 1) {
  console.error('Usage: node bench/log-writer.ts [requests]: a whole number above 0.');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'switchyard-bench-'));
const { database } = openForWriting(join(folder, 'log.db'), new Date());
const writer = createWriter(database);
const redactor = createRedactor([
  'sk-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  'sk-bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',
]);
const sample = createSampleText(7);

function text(length: number): string {
  let all = '';
  while (all.length < length) all += `${sample.paragraph()}\n`;
  return all.slice(0, length);
}

const system = text(300);

function batchOf(number: number) {
  const outbox = createOutbox(OUTBOX_LIMITS);
  for (let at = 1; at <= BATCH; at += 1) {
    const sequence = number * BATCH + at;
    const messages = [
      { role: 'system', content: system },
      { role: 'user', content: text(BODY - 400) },
    ];
    const message = { role: 'assistant', content: text(BODY - 250) };
    outbox.add(requestRow({ sequence, conversation: null, startedAt: Date.now() }), {
      request: capture(JSON.stringify({ model: 'gpt-5-mini', messages, stream: false })),
      response: capture(
        JSON.stringify({
          id: `chatcmpl-${sequence}`,
          object: 'chat.completion',
          created: 1_790_000_000,
          model: 'gpt-5-mini',
          choices: [{ index: 0, message, finish_reason: 'stop' }],
          usage: { prompt_tokens: 300, completion_tokens: 250, total_tokens: 550 },
        }),
      ),
    });
  }
  return encodeBatch(number, outbox.take());
}

/** Microseconds of CPU, of the system too. */
function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system: kernel } = process.cpuUsage(before);
  return user + kernel;
}

let written = 0;
let indexed = 0;
let measured = 0;
for (let number = 0; number < WARM + requests / BATCH; number += 1) {
  const batch = batchOf(number);
  const write = cpuOf(() => writer.write(prepareBatch(batch, redactor, STREAM_EVENTS).rows));
  const index = cpuOf(() => {
    while (writer.index.step(200));
  });
  if (number < WARM) continue;
  written += write;
  indexed += index;
  measured += BATCH;
}
const bytes = writer.usedBytes() / writer.rowCount();
let deleted = 0;
const deletion = cpuOf(() => {
  for (let step = writer.deleteOldest(100); step > 0; step = writer.deleteOldest(100)) deleted += step;
});
database.close();
rmSync(folder, { recursive: true });

const micros = (sum: number, count: number): string => `${Math.round(sum / count)} us`;
console.log(`written: ${micros(written, measured)} a request (budget 150)`);
console.log(`written and indexed: ${micros(written + indexed, measured)} a request (budget 300)`);
console.log(`deleted: ${micros(deletion, deleted)} a request`);
console.log(
  `size: ${Math.round(bytes)} bytes a request of ${BODY * 2} bytes, index and all columns included`,
);
