/** What the desktop app has the system open: folders, files of tools, pages of others; and its end from the palette. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DesktopApp } from '../../fixtures/desktop-app.ts';
import { expect, test } from '../../fixtures/desktop-test.ts';

/** Nothing is really opened from now on. @param answer of the system to a path, empty where it opened */
const noteOpened = ({ electron }: DesktopApp, answer: string): Promise<void> =>
  electron.evaluate(({ shell }, said) => {
    const opened: string[] = [];
    Reflect.set(globalThis, 'openedOutside', opened);
    Reflect.set(shell, 'openPath', (path: string) => {
      opened.push(path);
      return Promise.resolve(said);
    });
    Reflect.set(shell, 'openExternal', (url: string) => {
      opened.push(url);
      return Promise.resolve();
    });
  }, answer);
const lastOpened = ({ electron }: DesktopApp): Promise<unknown> =>
  electron.evaluate((): unknown => {
    const opened: unknown = Reflect.get(globalThis, 'openedOutside');
    return Array.isArray(opened) ? opened.at(-1) : null;
  });

test('files, folders and pages open outside; what cannot be opened is told; the palette ends the app', async ({
  desktop,
  page,
}) => {
  const settings = join(desktop.home, '.claude', 'settings.json');
  await mkdir(join(desktop.home, '.claude'), { recursive: true });
  await writeFile(settings, '{}\n');
  await noteOpened(desktop, 'no program is set for it');
  const opened = (): Promise<unknown> => lastOpened(desktop);

  await desktop.open('/connect/claude-code');
  const open = page.getByRole('button', { name: /^Open .*settings\.json$/ });
  await open.click();
  await expect(page.getByText(`${settings} could not be opened: no program is set for it`)).toBeVisible();
  await noteOpened(desktop, '');
  await open.click();
  await expect.poll(opened).toBe(settings);

  await desktop.open('/settings/about');
  await page.getByRole('link', { name: 'Read it' }).click();
  await expect.poll(opened).toBe('https://opensource.org/license/mit');
  await page.getByRole('button', { name: 'Data folder', exact: true }).click();
  await expect.poll(opened).toBe(desktop.folder);
  await desktop.open('/providers');
  await page.getByRole('button', { name: 'Add provider' }).first().click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Mistral/ })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add provider' }).click();
  await page.getByRole('link', { name: /^Get a key from Mistral/ }).click();
  await expect.poll(opened).toMatch(/^https:.*mistral/);
  await desktop.open('/settings/data');
  await page.locator('[data-setting="data.folder"]').getByRole('button', { name: 'Open' }).click();
  await expect.poll(opened).toBe(desktop.folder);

  const choose = async (command: string): Promise<void> => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search everything' }).fill(command);
    await expect(page.getByRole('option', { name: command }).first()).toHaveAttribute(
      'aria-selected',
      'true',
    );
  };
  await noteOpened(desktop, '');
  await choose('Open data folder');
  await page.keyboard.press('Enter');
  await expect.poll(opened).toBe(desktop.folder);
  await choose('Quit Switchyard');
  const closed = desktop.electron.waitForEvent('close');
  // The page may be gone before the key is let go.
  await Promise.all([closed, page.keyboard.press('Enter').catch(() => undefined)]);
});
