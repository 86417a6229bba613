/**
 * `node bench/log-purge.ts <file> [rows that stay, 1,000]`: what it takes to delete nearly all rows of a large request
 * log, which the file does not survive: how late the main thread's timers are and how much memory it takes meanwhile.
 */
import { existsSync, statSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openTestLog } from '../gateway/testing/test-log.ts';

/** Between two looks, ms. */
const PACE = 250;
/** Between two lines, ms. */
const TOLD = 15_000;
/** A log that is open and idle for this long has checked its file and takes what it takes, ms. */
const SETTLED = 30_000;

const [file = '', kept = '1000'] = process.argv.slice(2);
if (!existsSync(file)) throw new Error('Name a copy of a log that bench/log-rows.ts has written.');

const { log } = openTestLog(file);
const before = await rows();
await pause(SETTLED);
const memory = process.memoryUsage.rss();
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const began = performance.now();
let highest = memory;
let told = began;
log.keep({ days: 10_000, rows: Number(kept), size: Number.MAX_SAFE_INTEGER });
for (let left = before; left > Number(kept);) {
  await pause(PACE);
  highest = Math.max(highest, process.memoryUsage.rss());
  if (performance.now() - told < TOLD) continue;
  told = performance.now();
  left = await rows();
  console.info(`${seconds(told - began)} s: ${left} rows, ${megabytes(statSync(file).size)} MB`);
}
delay.disable();
const deleting = performance.now() - began;
await log.close();
console.info(`${before} rows, all but ${kept} deleted in ${seconds(deleting)} s`);
console.info(
  `loop delay: p99 ${milliseconds(delay.percentile(99))}, longest ${milliseconds(delay.max)} (budget 50)`,
);
console.info(
  `memory: ${megabytes(memory)} MB before, ${megabytes(highest - memory)} MB more at most (budget 20)`,
);
console.info(`file: ${megabytes(statSync(file).size)} MB`);

async function rows(): Promise<number> {
  return (await log.statistics(Date.now())).total;
}

function pause(time: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, time));
}

function seconds(time: number): string {
  return (time / 1_000).toFixed(1);
}

function milliseconds(nanoseconds: number): string {
  return `${(nanoseconds / 1e6).toFixed(1)} ms`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
