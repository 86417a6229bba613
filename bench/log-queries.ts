/**
 * `node bench/log-queries.ts <file>`: what reading a large request log costs, through the gateway's own log with its
 * workers, and how late the main thread's timers are meanwhile. Budgets: DESIGN section 14.
 */
import { existsSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Condition, RequestFilter } from '../contract/log/filter.ts';
import { openTestLog } from '../gateway/testing/test-log.ts';
import type { StatisticsQuery } from '../contract/log/statistics.ts';
import { median } from './figures.ts';

/** Times each question is asked; the first time is told apart, the pages of the file are in no cache then. */
const ROUNDS = 7;
const DAY = 86_400_000;
/** A log that is open answers within this, ms. */
const ANSWERED = 1_000;
/** The check of a large file is over after this, ms, where the disk is not busy. */
const CHECKED = 8_000;
/** ms. */
const FIRST_PAGE = 20;
const SEARCH = 100;
const STATISTICS = 200;
const DELAY = 20;

const [file = ''] = process.argv.slice(2);
if (!existsSync(file)) throw new Error('Name a log that bench/log-rows.ts has written.');

const { log } = openTestLog(file);
const text = (field: 'provider' | 'model' | 'app', ...values: string[]): Condition => ({
  kind: 'text',
  field,
  values,
});
const failed: Condition = { kind: 'flag', field: 'failed' };
const page =
  (filter: RequestFilter, skip = 0) =>
  (): Promise<unknown> =>
    log.list({ limit: 100, skip, filter });
const histogram = (filter: RequestFilter) => (): Promise<unknown> => log.histogram({ filter, buckets: 60 });
const now = Date.now();

const QUESTIONS: readonly (readonly [name: string, budget: number, ask: () => Promise<unknown>])[] = [
  ['first page', FIRST_PAGE, page({})],
  ['page 5,000', SEARCH, page({}, 500_000)],
  ['one provider', SEARCH, page({ where: [text('provider', 'openai')] })],
  ['a rare model by a pattern', SEARCH, page({ where: [text('model', '*kimi*')] })],
  ['a model nobody has', SEARCH, page({ where: [text('model', '*nothing*')] })],
  ['failed, of one program', SEARCH, page({ where: [failed, text('app', 'cursor')] })],
  ['one day, 100 days ago', SEARCH, page({ where: [time(now - 100 * DAY, now - 99 * DAY)] })],
  ['search: rare word', SEARCH, page({ words: 'item4711' })],
  ['search: common word', SEARCH, page({ words: 'the' })],
  ['search: two common words', SEARCH, page({ words: 'request gateway' })],
  ['search: phrase', SEARCH, page({ words: '"of the"' })],
  ['search: one and not another', SEARCH, page({ words: 'stream -gateway' })],
  ['search: code', SEARCH, page({ words: 'userName' })],
  ['search: Chinese, common', SEARCH, page({ words: '数据库' })],
  ['search: Chinese, none', SEARCH, page({ words: '猫咪' })],
  ['search: common, one provider', SEARCH, page({ words: 'the', where: [text('provider', 'google')] })],
  ['search: Chinese, failed', SEARCH, page({ words: '报告', where: [failed] })],
  ['search: address', SEARCH, page({ words: '/v1/messages', address: true })],
  ['histogram of all', STATISTICS, histogram({})],
  ['histogram of a provider', STATISTICS, histogram({ where: [text('provider', 'openai')] })],
  ['histogram of a search', STATISTICS, histogram({ words: '数据库' })],
  ['names of models', SEARCH, () => log.values({ field: 'model', part: '', limit: 20 })],
  ['totals', STATISTICS, () => log.statistics(now)],
  ['a year of statistics by model', STATISTICS, () => log.figures(year(), now)],
];

// Opening takes its time, and so does the check of the file that follows; both are no matter of questions.
for (let took = ANSWERED; took >= ANSWERED;) {
  const began = performance.now();
  await log.list({ limit: 1, filter: {} });
  took = performance.now() - began;
  console.info(`opened and answered in ${took.toFixed(0)} ms`);
}
await new Promise((resolve) => setTimeout(resolve, CHECKED));
const cells = (...values: readonly string[]): string =>
  values.map((value, index) => (index === 0 ? value.padEnd(32) : value.padStart(9))).join(' ');
console.info(cells('ms', 'first', 'median', 'CPU', 'budget', 'delay p99'));
const idle = await measured(() => new Promise((resolve) => setTimeout(resolve, 200)));
console.info(cells('nothing', '', '', '', '', idle.late.toFixed(1)));
for (const [name, budget, ask] of QUESTIONS) {
  const { times, cpu, late } = await measured(ask);
  const met = median(times) <= budget && late <= DELAY;
  const figures = [times[0] ?? NaN, median(times), cpu, budget, late].map((value) => value.toFixed(1));
  console.info(`${cells(name, ...figures)}  ${met ? 'met' : 'MISSED'}`);
}
await log.close();

interface Measured {
  /** ms of each round. */
  readonly times: readonly number[];
  /** ms of all threads, the least of the rounds but the first: what a quiet machine would take. */
  readonly cpu: number;
  /** ms that timers of the main thread came late. */
  readonly late: number;
}

async function measured(ask: () => Promise<unknown>): Promise<Measured> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const times: number[] = [];
  const work: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [began, before] = [performance.now(), process.cpuUsage()];
    await ask();
    times.push(performance.now() - began);
    const { user, system } = process.cpuUsage(before);
    work.push((user + system) / 1_000);
  }
  delay.disable();
  return { times, cpu: Math.min(...work.slice(1)), late: delay.percentile(99) / 1e6 };
}

function time(least: number, most: number): Condition {
  return { kind: 'range', field: 'time', least, most };
}

function year(): StatisticsQuery {
  return { from: now - 365 * DAY, by: 'model', most: 10, compare: false };
}
