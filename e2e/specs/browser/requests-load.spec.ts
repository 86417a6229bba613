/**
 * Rows arriving at 200 a second: the list stays smooth and the page's memory bounded. A part of it runs always and
 * judges what is kept; times, which are the machine's, are judged by the whole alone: `SWITCHYARD_LOAD_ROWS=50000`.
 */
import { Agent, request } from 'node:http';
import { availableParallelism, loadavg } from 'node:os';
import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from '../../fixtures/test.ts';

const WHOLE = 50_000;
const ROWS = Number(process.env['SWITCHYARD_LOAD_ROWS'] ?? 2_000);
const RATE = 200;
/** Requests that are sent together, so that timers of the sender do not decide the rate. */
const BURST = 10;

/** Bounds of the whole run: generous, since the machine sends and serves as well. ms, ms of a second. */
const FRAME = 34;
const BUSY = 500;
/** Bytes: what code and caches take, and for a row less than its text would. 2,000 rows took 0.9 MB (2026-11-28). */
const HEAP_GROWTH = 2_000_000 + 750 * ROWS;
/** Elements of the list beyond what a screen holds would mean that rows are kept. */
const MOST_DRAWN = 120;
/** Elements of the whole page that may have come to those of 500 rows. */
const ELEMENTS = 300;

interface Frames {
  readonly count: number;
  /** ms */
  readonly p50: number;
  readonly p95: number;
  readonly longest: number;
  /** Time the page's main thread worked for each second, ms; what other programs took does not count. */
  readonly busy: number;
}

// Its frames are counted as users see them.
test.use({ contextOptions: { reducedMotion: 'no-preference' } });

test('a list that grows by 200 rows a second', async ({ page, app }) => {
  // How long it takes is the machine's, too.
  test.setTimeout((ROWS / RATE) * 1_000 * 3 + 240_000);
  await app.open('/requests');
  await expect(page.getByText('No requests yet')).toBeVisible();
  const quiet = (loadavg()[0] ?? 0) < availableParallelism();
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });

  await push(app.gatewayAddress, agent, 500);
  await expect(page.getByRole('status').filter({ hasText: '500 requests' })).toBeVisible();
  const before = await heap(session);
  const elements = await countElements(page);

  const following = await watch(page, session, () => push(app.gatewayAddress, agent, ROWS / 2));
  // Further down, what comes waits, and what is read stays where it is.
  await page.getByRole('grid').hover();
  await page.mouse.wheel(0, 2_000);
  const reading = await watch(page, session, async () => {
    const scrolling = setInterval(() => void page.mouse.wheel(0, 300).catch(() => undefined), 100);
    await push(app.gatewayAddress, agent, ROWS / 2);
    clearInterval(scrolling);
  });

  const all = (ROWS + 500).toLocaleString('en');
  const told = page.getByRole('status').filter({ hasText: `${all} requests` });
  // A turn of the wheel that was still on its way leads down again.
  await expect(async () => {
    await page.getByRole('grid').focus();
    await page.keyboard.press('Home');
    await expect(told).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  const after = await heap(session);
  const drawn = await page.getByRole('row').count();
  const more = (await countElements(page)) - elements;
  agent.destroy();

  console.log(
    JSON.stringify({ rows: ROWS + 500, quiet, following, reading, heap: { before, after }, drawn, more }),
  );
  expect(drawn).toBeLessThan(MOST_DRAWN);
  expect(more).toBeLessThan(ELEMENTS);
  expect(after - before).toBeLessThan(HEAP_GROWTH);
  if (ROWS < WHOLE) return;
  for (const { p95, busy } of [following, reading]) {
    expect(busy).toBeLessThan(BUSY);
    // Where other programs take the processors, frames come late whatever the page does.
    if (quiet) expect(p95).toBeLessThan(FRAME);
  }
});

/** Sends requests at the rate; resolves when the last was answered. */
async function push(address: string, agent: Agent, count: number): Promise<void> {
  const answers: Promise<void>[] = [];
  const began = performance.now();
  for (let sent = 0; sent < count; sent += BURST) {
    const due = began + (sent / RATE) * 1_000;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    for (let index = 0; index < BURST; index += 1) answers.push(send(address, agent));
  }
  await Promise.all(answers);
}

function send(address: string, agent: Agent): Promise<void> {
  const body = JSON.stringify({ model: 'demo/chat', messages: [{ role: 'user', content: '/error 400' }] });
  return new Promise((resolve, reject) => {
    const sent = request(
      `${address}/v1/chat/completions`,
      {
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (answer) => answer.resume().on('end', resolve).on('error', reject),
    );
    sent.on('error', reject).end(body);
  });
}

/** Notes frames and the work of the main thread while something happens. */
async function watch(page: Page, session: CDPSession, task: () => Promise<void>): Promise<Frames> {
  await page.evaluate(`(() => {
    const times = (window.frameTimes = []);
    let last = performance.now();
    const frame = (now) => {
      if (window.frameTimes !== times) return;
      times.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  })()`);
  const began = performance.now();
  const worked = await workOf(session);
  await task();
  const seconds = (performance.now() - began) / 1_000;
  const work = (await workOf(session)) - worked;
  const times = await page.evaluate<number[]>('window.frameTimes.sort((a, b) => a - b)');
  const at = (share: number): number => round(times[Math.floor(times.length * share)] ?? 0);
  return {
    count: times.length,
    p50: at(0.5),
    p95: at(0.95),
    longest: round(times.at(-1) ?? 0),
    busy: round((work * 1_000) / seconds),
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** Time the main thread has worked so far, s. */
async function workOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}

const countElements = (page: Page): Promise<number> =>
  page.evaluate<number>(`document.querySelectorAll('*').length`);

/** Bytes of the page's own memory after a collection. */
async function heap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
}
