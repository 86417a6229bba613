/** Tasks of a page's main thread in time of the processor, which other programs do not lengthen. */
import type { Browser, Page } from '@playwright/test';
import * as z from 'zod/mini';

const traceSchema = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      pid: z.number(),
      tid: z.number(),
      ts: z.optional(z.number()),
      dur: z.optional(z.number()),
      tdur: z.optional(z.number()),
      args: z.optional(z.record(z.string(), z.unknown())),
    }),
  ),
});
type TraceEvent = z.output<typeof traceSchema>['traceEvents'][number];

export interface Tasks {
  /** The longest of them, ms. */
  readonly longest: number;
  /** Those in which a key was handled, ms each. */
  readonly keys: readonly number[];
}

const KEYS = /"type":"(?:keydown|keypress|beforeinput|input|keyup)"/;

/** What the page did while `act` ran. */
export async function traceTasks(browser: Browser, page: Page, act: () => Promise<void>): Promise<Tasks> {
  await browser.startTracing(page, {
    categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'],
  });
  await act();
  const text = (await browser.stopTracing()).toString();
  const { traceEvents } = traceSchema.parse(JSON.parse(text));
  const place = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.['name'] === 'CrRendererMain')
      .map(place),
  );
  const onMain = traceEvents.filter((event) => mains.has(place(event)));
  const tasks = onMain.filter(({ name }) => name === 'RunTask');
  const times = onMain
    .filter(({ name, args }) => name === 'EventDispatch' && KEYS.test(JSON.stringify(args)))
    .map(({ ts = 0 }) => ts);
  const ofKey = tasks.filter(({ ts = 0, dur = 0 }) => times.some((time) => time >= ts && time <= ts + dur));
  const spent = ({ tdur = 0 }: TraceEvent): number => tdur / 1_000;
  return { longest: Math.max(0, ...tasks.map(spent)), keys: ofKey.map(spent) };
}
