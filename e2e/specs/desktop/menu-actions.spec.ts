/** Every entry of the application's menu and of the tray: each is chosen once, in English and in Chinese. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DesktopApp } from '../../fixtures/desktop-app.ts';
import { expect, test } from '../../fixtures/desktop-test.ts';
import { clickMenu } from '../../fixtures/menu.ts';
import { IS_ELECTRON } from '../../fixtures/electron.ts';
import { LANGUAGES, wordsOf, type Language } from '../../fixtures/tour/words.ts';
import { clickTray, trayOf } from '../../fixtures/tray.ts';

const entries = ({ electron }: DesktopApp): Promise<readonly string[]> =>
  electron.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).flatMap(({ submenu }) =>
      (submenu?.items ?? []).filter(({ type }) => type !== 'separator').map(({ label }) => label),
    ),
  );
const answers = async ({ gatewayAddress }: DesktopApp): Promise<number> =>
  (await fetch(`${gatewayAddress}/v1/models`)).status;

const PAGES = ['overview', 'requests', 'playground', 'models', 'providers', 'routing', 'connect', 'settings'];

const languages: readonly Language[] = ['en', 'zh-CN'];
for (const language of languages) {
  test.describe(language, () => {
    test.use({ locale: language === 'en' ? 'en-US' : language });
    const words = wordsOf(LANGUAGES[language]);

    test('the menu leads to every page, pauses, resumes, copies, and shows what it names', async ({
      desktop,
      page,
    }) => {
      await page.getByRole('heading', { level: 1 }).waitFor();
      for (const name of PAGES) {
        await clickMenu(desktop, words(`pages.${name}`));
        await expect(page).toHaveTitle(`${words(`pages.${name}`)} · Switchyard`);
      }
      await clickMenu(desktop, words('status.pause'));
      await expect.poll(() => answers(desktop)).toBe(503);
      await expect.poll(() => entries(desktop)).toContain(words('status.resume'));
      await clickMenu(desktop, words('status.resume'));
      await expect.poll(() => answers(desktop)).toBe(200);
      await clickMenu(desktop, words('status.copyAddress'));
      await expect.poll(() => desktop.clipboard()).toBe(`${desktop.gatewayAddress}/v1`);
      await desktop.electron.evaluate(({ shell }) => {
        Reflect.set(shell, 'openPath', (path: string) => {
          Reflect.set(globalThis, 'openedPath', path);
          return Promise.resolve('');
        });
      });
      await clickMenu(desktop, words('desktop.menu.dataFolder'));
      await expect
        .poll(() => desktop.electron.evaluate(() => String(Reflect.get(globalThis, 'openedPath'))))
        .toBe(desktop.folder);
      await desktop.electron.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.setBounds({ x: 9, y: 9, width: 1_000, height: 640 }),
      );
      await clickMenu(desktop, words('desktop.menu.resetWindow'));
      await expect
        .poll(() =>
          desktop.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds().x),
        )
        .not.toBe(9);
      await clickMenu(desktop, words('commands.diagnostics'));
      await expect(page.getByRole('dialog')).toContainText('"version"');
      await page.keyboard.press('Escape');
      await clickMenu(desktop, words('desktop.menu.about'));
      await expect(page.locator('[data-setting="about.version"]')).toBeVisible();
    });

    test('the tray opens the window and the page of tools, and pauses', async ({ desktop, page }) => {
      test.skip(IS_ELECTRON, 'Electron tells nobody what is in its tray');
      await expect.poll(async () => (await trayOf(desktop)).labels).toContain(words('desktop.tray.connect'));
      await clickTray(desktop, words('desktop.tray.connect'));
      await expect(page).toHaveTitle(`${words('pages.connect')} · Switchyard`);
      await desktop.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
      await clickTray(desktop, words('desktop.tray.open'));
      await expect
        .poll(() =>
          desktop.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()),
        )
        .toBe(true);
      await clickTray(desktop, words('status.pause'));
      await expect.poll(() => answers(desktop)).toBe(503);
      await expect.poll(async () => (await trayOf(desktop)).labels).toContain(words('status.resume'));
      await clickTray(desktop, words('status.resume'));
      await expect.poll(() => answers(desktop)).toBe(200);
    });
  });
}

test('switches of the desktop are changed and kept; a notification is tried', async ({ desktop, page }) => {
  await desktop.open('/settings/desktop');
  const row = (id: string) => page.locator(`[data-setting="${id}"]`);
  for (const id of ['startHidden', 'freeWindow', 'closeToTray']) {
    const use = row(`desktop.${id}`).getByRole('switch');
    const before = await use.isChecked();
    await use.click();
    await expect(use).toBeChecked({ checked: !before });
  }
  const all = row('desktop.notifications').getByRole('switch', { name: 'Notifications' });
  await all.click();
  await expect(all).not.toBeChecked();
  await expect(row('desktop.notifications').getByRole('button', { name: 'Try it' })).toBeDisabled();
  await all.click();
  await expect(all).toBeChecked();
  const hidden = await row('desktop.startHidden').getByRole('switch').isChecked();
  await desktop.restart();
  await desktop.open('/settings/desktop');
  await expect(desktop.page.locator('[data-setting="desktop.startHidden"]').getByRole('switch')).toBeChecked({
    checked: hidden,
  });
});

test('the menu shows problems and updates, closes the window, and quits; the tray leads to a problem', async ({
  desktop,
  page,
}) => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await writeFile(join(desktop.folder, 'config.yaml'), 'server: { prot: 1 }\n');
  await page.getByRole('button', { name: '1 problem' }).waitFor();
  const problem = page.getByRole('dialog').getByText('did you mean server.port?');
  await clickMenu(desktop, 'Show problems');
  await expect(problem).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(problem).toBeHidden();
  await clickMenu(desktop, 'Check for updates…');
  await expect(page.getByText('This build has no update source')).toBeVisible();
  const isVisible = () =>
    desktop.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await clickMenu(desktop, 'Close window');
  await expect.poll(isVisible).toBe(false);
  if (!IS_ELECTRON) {
    await clickTray(desktop, 'The configuration cannot be used');
    await expect.poll(isVisible).toBe(true);
    await expect(problem).toBeVisible();
  }
  const closed = desktop.electron.waitForEvent('close');
  await clickMenu(desktop, 'Quit Switchyard');
  await closed;
});
