/**
 * `node bench/playground.ts`: the built playground with 1,000 chats, some of 500 turns and one of 5 MB, a paste of 5 MB,
 * and typing during an answer of 20,000 tokens with code. All in time of the processor, so that a busy machine counts
 * little. Budgets: issue 7. Needs `npm run build` and a Chromium.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { startFakeUpstream } from '../gateway/testing/fake-upstream.ts';
import { launchChromium } from '../scripts/launch-chromium.ts';
import { runHost } from '../server/testing/run-host.ts';
import { percentile } from './figures.ts';
import { answerLong, measureChat } from './pages/chat.ts';
import { HUGE_CHAT, LONG_CHAT, writeChats } from './pages/chats.ts';
import { measureChatOpening, measurePaste } from './pages/long-chats.ts';
import { traceTasks, type Tasks } from './pages/longest-task.ts';
import { measureOpening, measureScrolling, measureTyping, WATCH_KEYS } from './pages/measure.ts';

const CHATS = 1_000;
/** ms of the processor. */
const BUDGETS = { open: 300, frame: 16.7, block: 200, key: 50 } as const;
const ROW = '[data-conversation]';

const upstream = await startFakeUpstream();
answerLong(upstream);
const folder = await mkdtemp(join(tmpdir(), 'switchyard-playground-'));
const provider = {
  id: 'one',
  dialect: 'openai-chat',
  base_url: upstream.url,
  allow_private_network: true,
  models: ['m'],
  keys: [{ id: 'k', value: 'sk-bench-0000000000' }],
};
await writeFile(join(folder, 'config.yaml'), stringify({ providers: [provider] }), { mode: 0o600 });
await writeChats(folder, CHATS, 'one/m');
const host = await runHost({
  entry: join(import.meta.dirname, '..', 'out', 'server', 'main.js'),
  folder,
  args: [],
});
const browser = await launchChromium();
const ms = (value: number): string => `${value.toFixed(1)} ms`;
const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
function tell(what: string, words: string, within: boolean): void {
  console.info(`${what.padEnd(28)} ${words}${within ? '' : '  OVER BUDGET'}`);
}

try {
  const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.addInitScript(WATCH_KEYS);
  await page.goto(host.logInAddress);
  await page.locator('main h1').first().waitFor();
  // Its code is loaded once.
  for (const path of ['/playground', '/settings/about']) {
    await page.evaluate(`location.hash = ${JSON.stringify(path)}`);
    await page.waitForTimeout(2_000);
  }

  const list = await measureOpening(page, session, '/playground', ROW);
  tell(`list of ${CHATS} opens`, ms(list.busy), list.busy <= BUDGETS.open);
  const scroll = await measureScrolling(page, session, ROW);
  tell('it scrolls, each frame', ms(scroll.busy), scroll.busy <= BUDGETS.frame);
  const search = await measureTyping(page, session, 'aside input[type=search]', 'model-1');
  tell('it is searched, each key', ms(search.busy), search.busy <= BUDGETS.key);
  await page.locator('aside input[type=search]').fill('');

  for (const [what, id] of [
    ['a chat of 500 turns opens', LONG_CHAT],
    ['a chat of 5 MB opens', HUGE_CHAT],
  ] as const) {
    const chat = await measureChatOpening(browser, page, session, id);
    tell(
      what,
      `${ms(chat.busy)}, longest task ${ms(chat.longest)}, ${chat.elements} elements, ${mb(chat.heap)} of objects`,
      chat.longest <= BUDGETS.block,
    );
  }

  const pasted = await measurePaste(browser, page, session);
  tell(
    '5 MB are pasted',
    `${ms(pasted.busy)}, longest task ${ms(pasted.longest)}`,
    pasted.longest <= BUDGETS.block,
  );

  let tasks: Tasks = { longest: NaN, keys: [] };
  const chat = await measureChat(page, session, 'one/m', async (act) => {
    tasks = await traceTasks(browser, page, act);
  });
  tell(
    'typing during 20,000 tokens',
    `each key ${ms(percentile(tasks.keys, 0.5))}, at most ${ms(Math.max(...tasks.keys))}, longest task ${ms(tasks.longest)}`,
    tasks.longest <= BUDGETS.key,
  );
  tell('the answer', `main thread ${(chat.busy * 100).toFixed(0)} %, objects +${mb(chat.growth)}`, true);
} finally {
  await browser.close();
  await host.stop();
  await upstream.close();
  await rm(folder, { recursive: true, force: true });
}
