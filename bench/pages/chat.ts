/** A long answer with code streams into the playground while somebody types the next question. */
import type { CDPSession, Page } from '@playwright/test';
import type { FakeUpstream } from '../../gateway/testing/fake-upstream.ts';
import { chunk, DONE } from '../../gateway/testing/openai-wire.ts';
import { busy, heap, takeKeyTimes } from './measure.ts';

const TOKENS = 20_000;
/** Tokens a second: several times what models give. */
const RATE = 1_000;
const PER_EVENT = 4;
const EVENTS_PER_TURN = 10;

const CODE = ['```ts', 'export const sum = (a: number, b: number): number => a + b; // one of many', '```'];
const WORDS = 'The gateway keeps what it promises and tells what it does not know in plain words';

/** Paragraphs, lists and blocks of code, as models write them. */
function* words(): Generator<string> {
  for (let part = 1; ; part += 1) {
    for (const word of `\n\n## Part ${part}\n\n${WORDS}. ${WORDS}.\n\n- ${WORDS}\n- \`code\`, **bold**\n\n`.split(
      /(?<= )/,
    ))
      yield word;
    for (const word of `${CODE[0]}\n${`${CODE[1]}\n`.repeat(12)}${CODE[2]}\n`.split(/(?<= )/)) yield word;
  }
}

export function answerLong(upstream: FakeUpstream): void {
  upstream.script(async (request) => {
    const source = words();
    request.head(200, { 'content-type': 'text/event-stream' });
    const began = performance.now();
    for (let sent = 0; sent < TOKENS;) {
      for (let event = 0; event < EVENTS_PER_TURN; event += 1) {
        const content = Array.from({ length: PER_EVENT }, () => String(source.next().value)).join('');
        request.write(chunk({ content }));
        sent += PER_EVENT;
      }
      const wait = (sent / RATE) * 1_000 - (performance.now() - began);
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    }
    request.write(chunk({}, 'stop') + DONE);
    request.end();
  });
}

export interface Chatting {
  /** From a key to the frame that shows it, ms. */
  readonly worst: number;
  readonly keys: number;
  /** Share of the main thread. */
  readonly busy: number;
  /** Bytes by which the page's objects grew. */
  readonly growth: number;
  readonly seconds: number;
}

/** @param during runs what is to be looked at: from the first word to the last */
export async function measureChat(
  page: Page,
  session: CDPSession,
  model: string,
  during: (act: () => Promise<void>) => Promise<void> = (act) => act(),
): Promise<Chatting> {
  await page.evaluate(`location.hash = ${JSON.stringify(`/playground?models=${model}`)}`);
  const composer = page.locator('main form textarea').first();
  await composer.waitFor();
  await page.waitForTimeout(1_000);
  const before = await heap(session);
  await composer.fill('Tell me everything');
  await composer.press('Enter');
  await page.locator('[data-answer]').first().waitFor();
  const busyBefore = await busy(session);
  const began = performance.now();
  await takeKeyTimes(page);
  const times: number[] = [];
  let keys = 0;
  await during(async () => {
    // Ended when nothing comes in any more: two looks apart by a second are of one length.
    for (let last = -1; ;) {
      await composer.pressSequentially('abc ', { delay: 250 });
      keys += 4;
      times.push(...(await takeKeyTimes(page)));
      const length = await page.evaluate<number>(
        `document.querySelector('[data-answer]').textContent.length`,
      );
      if (length === last) break;
      last = length;
    }
  });
  const passed = performance.now() - began;
  const spent = (await busy(session)) - busyBefore;
  return {
    worst: Math.max(0, ...times),
    keys,
    busy: spent / passed,
    growth: (await heap(session)) - before,
    seconds: passed / 1_000,
  };
}
