/**
 * `node bench/log-caps.ts [minutes, 10] [rows a second, 300]`: a request log that is written to without a break, far
 * beyond its limits: first one of bytes, from the middle on one of rows, too, which lets the file shrink. What the
 * file and its write-ahead log take over time, how late the main thread's timers are and how many rows are lost; ends
 * with an error where a limit does not hold.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { BodyCapture } from '../gateway/core/log-store.ts';
import { openTestLog } from '../gateway/testing/test-log.ts';
import { sampleRequests } from './log/sample-rows.ts';

const LIMITS = { days: 400, rows: 1_000_000, size: 50_000_000 } as const;
/** From the middle on. */
const FEWER = { ...LIMITS, rows: 5_000 } as const;
/** What may be there beyond them between two checks of the limits. */
const LATE_ROWS = 2_000;
/** The file may be larger than the limit by what is kept free for new rows, an eighth, and by one check's rows. */
const LARGEST_FILE = LIMITS.size * 1.25;
/** What SQLite cuts the write-ahead log back to, and one transaction. */
const LARGEST_WAL = 64 * 1024 * 1024;
/** Between two groups of rows, ms. */
const PACE = 20;
/** Between two lines, ms. */
const TOLD = 30_000;
const MINUTE = 60_000;

const [minutes = '10', perSecond = '300'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'switchyard-caps-'));
const file = join(folder, 'log.db');
const { log, lines } = openTestLog(file);
log.keep(LIMITS);
await log.list({ limit: 1, filter: {} });

const samples = sampleRequests(Number.MAX_SAFE_INTEGER, Date.now(), 1);
const began = performance.now();
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
let written = 0;
let told = 0;
const largest = { file: 0, wal: 0 };
let kept = 0;
let fewer = false;
console.info('seconds     rows    kept  file MB   WAL MB  delay p99   max ms  queued  dropped');

while (elapsed() < Number(minutes) * MINUTE) {
  const due = Math.floor((elapsed() / 1_000) * Number(perSecond));
  while (written < due) write();
  if (!fewer && elapsed() > (Number(minutes) * MINUTE) / 2) {
    await tell();
    fewer = true;
    log.keep(FEWER);
  }
  largest.file = Math.max(largest.file, size(file));
  largest.wal = Math.max(largest.wal, size(`${file}-wal`));
  if (elapsed() - told >= TOLD) await tell();
  await new Promise((resolve) => setTimeout(resolve, PACE));
}
await tell();
delay.disable();
const { droppedRows, droppedBodies, problem } = log.health();
await log.close();
const atEnd = size(file);
rmSync(folder, { recursive: true });

console.info(
  `largest: file ${megabytes(largest.file)} MB, WAL ${megabytes(largest.wal)} MB; at the end ${kept} rows in ${megabytes(atEnd)} MB`,
);
const held =
  largest.file <= LARGEST_FILE &&
  largest.wal <= LARGEST_WAL &&
  kept <= FEWER.rows + LATE_ROWS &&
  droppedRows + droppedBodies === 0 &&
  problem === null;
console.info(
  held
    ? 'held'
    : `MISSED: ${droppedRows} rows and ${droppedBodies} bodies dropped, ${problem?.text ?? 'no problem'}`,
);
for (const line of lines) console.info(line);
process.exitCode = held ? 0 : 1;

function write(): void {
  const next = samples.next();
  if (next.done === true) throw new Error('There are no more samples.');
  const sample = next.value;
  written += 1;
  const startedAt = Date.now();
  const row = { ...sample.row, startedAt, sequence: startedAt * 1_000 + (written % 1_000) };
  log.finish(row, { request: capture(sample.request), response: capture(sample.response) });
}

async function tell(): Promise<void> {
  told = elapsed();
  const { total } = await log.list({ limit: 1, filter: {} });
  kept = total;
  const { queued, droppedRows: dropped } = log.health();
  const cells: readonly (readonly [value: string | number, width: number])[] = [
    [Math.round(told / 1_000), 7],
    [written, 8],
    [kept, 7],
    [megabytes(size(file)), 8],
    [megabytes(size(`${file}-wal`)), 8],
    [(delay.percentile(99) / 1e6).toFixed(1), 10],
    [(delay.max / 1e6).toFixed(0), 8],
    [queued, 7],
    [dropped, 8],
  ];
  console.info(cells.map(([value, width]) => String(value).padStart(width)).join(' '));
  delay.reset();
}

function elapsed(): number {
  return performance.now() - began;
}

function size(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function capture(body: string | null): BodyCapture | null {
  if (body === null) return null;
  const bytes = Buffer.from(body);
  return { chunks: [bytes], bytes: bytes.length, truncated: false, contentType: 'application/json' };
}
