/** Notifications of the system: what they say in both languages, what a click on them opens, and what keeps them quiet. */
import { invoke } from '../../fixtures/bridge.ts';
import { ask } from '../../fixtures/chat.ts';
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
