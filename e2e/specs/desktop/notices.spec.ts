/** Notifications of the system: what they say in both languages, what a click on them opens, and what keeps them quiet. */
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { startFakeUpstream, type FakeUpstream } from '../../../gateway/testing/fake-upstream.ts';
import { ANSWER } from '../../../gateway/testing/openai-wire.ts';
import { invoke } from '../../fixtures/bridge.ts';
import { ask } from '../../fixtures/chat.ts';
import { freePort } from '../../fixtures/data-folder.ts';
import type { DesktopApp } from '../../fixtures/desktop-app.ts';
import { expect, test } from '../../fixtures/desktop-test.ts';
import { IS_ELECTRON } from '../../fixtures/electron.ts';
import { LANGUAGES, wordsOf, type Language } from '../../fixtures/tour/words.ts';
import { trayOf } from '../../fixtures/tray.ts';

test.skip(IS_ELECTRON, 'Electron tells nobody what it notified of');

/** One request to the demo costs more than the budget of a day, and one that is cut off is too many. */
const CONFIG = `prices: [{ model: "demo/*", input: 1000000, output: 1000000 }]
budgets: [{ scope: all, usd: 1, per: day, action: warn }]
monitoring: { alerts: [{ when: error_rate, above: 0.1, window: 5m, at_least: 1 }] }
`;
test.use({ start: { config: CONFIG } });

/** Title and text of each that was shown, the first one first. */
const shown = ({ electron }: DesktopApp): Promise<readonly (readonly [title: string, body: string])[]> =>
  electron.evaluate(({ Notification }) => {
    const all: readonly { title: string; body: string }[] = Reflect.get(Notification, 'shown');
    return all.map(({ title, body }) => [title, body] as const);
  });
const click = ({ electron }: DesktopApp, title: string): Promise<void> =>
  electron.evaluate(({ Notification }, wanted) => {
    const all: readonly { title: string; emit(event: string): void }[] = Reflect.get(Notification, 'shown');
    all.findLast((one) => one.title === wanted)?.emit('click');
  }, title);
/** What takes a minute in the main process takes half a second from now on. */
const hurryMinutes = ({ electron }: DesktopApp): Promise<void> =>
  electron.evaluate(() => {
    const { setTimeout: own } = globalThis;
    const hurried = (task: () => void, delay?: number, ...more: []) =>
      own(task, delay === 60_000 ? 500 : delay, ...more);
    Reflect.set(globalThis, 'setTimeout', Object.assign(hurried, own));
  });
const setWindow = ({ electron }: DesktopApp, act: 'close' | 'hide'): Promise<void> =>
  electron.evaluate(({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.[wanted](), act);
const isVisible = ({ electron }: DesktopApp): Promise<boolean> =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() === true);

const languages: readonly Language[] = ['en', 'zh-CN'];
for (const language of languages) {
  test.describe(language, () => {
    test.use({ locale: language === 'en' ? 'en-US' : language });
    const words = wordsOf(LANGUAGES[language]);
    const notice = (name: string) => [words(`desktop.notices.${name}`), words(`desktop.notices.${name}Body`)];

    test('are tried, come while nobody looks, open what they are about, and stay away where they are not wanted', async ({
      desktop,
      page,
    }) => {
      await desktop.open('/settings/desktop');
      const row = (id: string) => page.locator(`[data-setting="desktop.${id}"]`);
      const alerts = row('notice.alert').getByRole('switch');
      await alerts.click();
      await expect(alerts).not.toBeChecked();
      // Of budgets it is told after all.
      const budgets = row('notice.budget').getByRole('switch');
      for (const wanted of [false, true]) {
        await budgets.click();
        await expect(budgets).toBeChecked({ checked: wanted });
      }
      await expect(alerts).not.toBeChecked();
      await row('notifications')
        .getByRole('button', { name: words('settings.items.desktop.notice.try') })
        .click();
      await expect.poll(() => shown(desktop)).toEqual([notice('tried')]);

      // The first time it closes, and never again, it is told that the gateway runs on.
      await setWindow(desktop, 'close');
      await expect.poll(() => shown(desktop)).toEqual([notice('tried'), notice('background')]);
      await click(desktop, words('desktop.notices.background'));
      await expect.poll(() => isVisible(desktop)).toBe(true);

      await setWindow(desktop, 'close');
      await expect.poll(() => isVisible(desktop)).toBe(false);
      await ask(desktop, 'hello');
      await ask(desktop, '/cut now');
      await expect.poll(() => invoke(page, 'alerts.list')).toMatchObject({ data: [{}] });
      // What is told of a state was told when the next one is shown.
      await invoke(page, 'gateway.pause', { paused: true });
      await expect.poll(async () => (await trayOf(desktop)).labels).toContain(words('status.resume'));
      const budget = words('desktop.notices.budget');
      // In the gateway's words; of the alert, which is not wanted, nothing.
      await expect
        .poll(() => shown(desktop))
        .toEqual([notice('tried'), notice('background'), [budget, expect.stringContaining('$1')]]);
      await click(desktop, budget);
      await expect(page).toHaveTitle(`${words('pages.routing')} · Switchyard`);
    });
  });
}

test.describe('of a provider, an alert and the address', () => {
  let upstream: FakeUpstream;
  let accepts = true;
  test.beforeAll(async () => {
    upstream = await startFakeUpstream();
  });
  test.afterAll(() => upstream.close());
  test.use({
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are wanted.
    start: async ({}, use) => {
      const provider = `{ id: near, name: Near, dialect: openai-chat, base_url: "${upstream.url}", allow_private_network: true, keys: [{ id: k1, value: sk-e2e-notices-0000004321 }] }`;
      const alerts = 'monitoring: { alerts: [{ when: error_rate, above: 0.1, window: 5m, at_least: 1 }] }';
      await use({ config: `providers:\n  - ${provider}\n${alerts}\n` });
    },
  });

  test('come while nobody looks, one of each, and open the page that has more', async ({ desktop, page }) => {
    upstream.script((request) =>
      accepts ? request.json(200, ANSWER) : request.json(401, { error: { message: 'Not this one' } }),
    );
    const titled = async (title: string): Promise<unknown> =>
      (await shown(desktop)).filter(([name]) => name === title).map(([, body]) => body);
    const leads = async (title: string, heading: string): Promise<void> => {
      await click(desktop, title);
      await expect.poll(() => isVisible(desktop)).toBe(true);
      await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
      await setWindow(desktop, 'hide');
      await expect.poll(() => isVisible(desktop)).toBe(false);
    };
    await hurryMinutes(desktop);
    await desktop.open('/playground');
    await setWindow(desktop, 'hide');
    accepts = false;
    await fetch(`${desktop.gatewayAddress}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'near/m', messages: [{ role: 'user', content: 'hello' }] }),
    });
    // Both before the window comes: what happens while it is seen is told of in there.
    await expect.poll(() => titled('Near has no usable key')).toHaveLength(1);
    await expect.poll(() => titled('Something is not as it should be')).toHaveLength(1);
    await leads('Near has no usable key', 'Providers');
    await leads('Something is not as it should be', 'Overview');

    accepts = true;
    await invoke(page, 'keys.clear', { provider: 'near' });
    await expect.poll(() => titled('Near answers again')).toEqual(['Its keys take requests again.']);
    await leads('Near answers again', 'Providers');

    // The file names a port that somebody else has.
    const taken = await freePort();
    const other = createServer().listen(taken, '127.0.0.1');
    await once(other, 'listening');
    const path = join(desktop.folder, 'config.yaml');
    await writeFile(path, (await readFile(path, 'utf8')).replace(/port: \d+/, `port: ${taken}`));
    const address = 'The configured address cannot be used';
    await expect.poll(() => titled(address)).toEqual([expect.stringContaining(`Port ${taken} is taken`)]);
    await leads(address, 'Settings');
    other.close();
  });
});
