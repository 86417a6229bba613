/** Figures of a page as Chromium counts them. */
import type { CDPSession, Page } from '@playwright/test';
import * as z from 'zod/mini';
import { percentile } from '../figures.ts';

const numbers = z.array(z.number());

/** Processor time of the main thread since the page loaded, ms. */
export async function busy(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1_000;
}

/** Bytes of JavaScript objects that are in use. */
export async function heap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? NaN;
}

export interface Opening {
  /** From the navigation to the frame that shows rows, ms. */
  readonly time: number;
  readonly busy: number;
}

/** Opens a page from another one of the app. @param rows there when its list shows something */
export async function measureOpening(
  page: Page,
  session: CDPSession,
  path: string,
  rows: string,
): Promise<Opening> {
  const before = await busy(session);
  const time = z.number().parse(
    await page.evaluate(`new Promise((resolve, reject) => {
      const began = performance.now();
      const look = () => {
        if (document.querySelector(${JSON.stringify(rows)}) !== null)
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
        else if (performance.now() - began > 20000) reject(new Error('nothing shows'));
        else requestAnimationFrame(look);
      };
      location.hash = ${JSON.stringify(path)};
      look();
    })`),
  );
  return { time, busy: (await busy(session)) - before };
}

export interface Scrolling {
  /** Between two frames, ms. */
  readonly p50: number;
  readonly p95: number;
  /** Frames that came more than 20 ms after the last. */
  readonly late: number;
  /** Main thread for each frame, ms. */
  readonly busy: number;
  /** How far it went, px; 0 where everything fits. */
  readonly way: number;
}

const FRAMES = 90;

/** Scrolls a wheel's step in each frame. @param rows something inside of what scrolls */
export async function measureScrolling(page: Page, session: CDPSession, rows: string): Promise<Scrolling> {
  const before = await busy(session);
  const [way = 0, ...frames] = numbers.parse(
    await page.evaluate(`new Promise((resolve) => {
      let box = document.querySelector(${JSON.stringify(rows)});
      while (box !== null && !(box.scrollHeight > box.clientHeight + 40 && /auto|scroll/.test(getComputedStyle(box).overflowY))) box = box.parentElement;
      if (box === null) return resolve([0]);
      box.scrollTop = 0;
      const times = [];
      let last = null;
      const step = (now) => {
        if (last !== null) times.push(now - last);
        last = now;
        box.scrollTop += 120;
        if (times.length < ${FRAMES}) requestAnimationFrame(step);
        else resolve([box.scrollTop, ...times]);
      };
      requestAnimationFrame(step);
    })`),
  );
  const spent = (await busy(session)) - before;
  return {
    p50: percentile(frames, 0.5),
    p95: percentile(frames, 0.95),
    late: frames.filter((time) => time > 20).length,
    busy: spent / Math.max(1, frames.length),
    way,
  };
}

export interface Typing {
  /** From a key to the frame that shows it, ms, the worst. */
  readonly worst: number;
  /** Main thread for each key, ms. */
  readonly busy: number;
}

/** Collects how long each event of the keyboard took to be shown. */
export const WATCH_KEYS = `(() => {
  globalThis.keyTimes = [];
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (/^key|input/.test(name)) globalThis.keyTimes.push(duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: false });
})()`;
export const takeKeyTimes = async (page: Page): Promise<readonly number[]> =>
  numbers.parse(await page.evaluate('globalThis.keyTimes.splice(0)'));

/** Types into a field, a key every 120 ms as people do. */
export async function measureTyping(
  page: Page,
  session: CDPSession,
  field: string,
  text: string,
): Promise<Typing> {
  await page.locator(field).first().focus();
  await takeKeyTimes(page);
  const before = await busy(session);
  await page.keyboard.type(text, { delay: 120 });
  await page.waitForTimeout(400);
  const spent = (await busy(session)) - before;
  return { worst: Math.max(0, ...(await takeKeyTimes(page))), busy: spent / text.length };
}
