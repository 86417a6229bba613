/** Newer versions: nobody is asked without a source, and with one nothing is installed without a press. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { violations } from '../../fixtures/axe.ts';
import { expect, test } from '../../fixtures/desktop-test.ts';
import { IS_ELECTRON } from '../../fixtures/electron.ts';

/** An AppImage as far as its updater knows: it can be run, and ends. */
const NEW = '#!/bin/sh\nexit 0\n';

test('a build without a source says so; the menu leads there', async ({ desktop, page }) => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Search everything' })).toBeFocused();
  await page.keyboard.type('check for updates');
  await expect(page.getByRole('option', { name: /^Check for updates/ }).first()).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await page.keyboard.press('Enter');
  await expect(page.getByText('This build has no update source')).toBeVisible();
  await expect(page.getByText('no update check, no fonts')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Check for updates' })).toHaveCount(0);
  expect(desktop.kind).toBe('desktop');
});

test.describe('with a source', () => {
  test.skip(
    IS_ELECTRON || process.platform !== 'linux',
    'Where resources lie is told to the stand-in alone.',
  );
  let folder = '';
  let asked: string[] = [];
  let release = (): void => undefined;
  let held = Promise.resolve();
  let spoilt = false;

  test.use({
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are wanted.
    start: async ({}, use) => {
      folder = await mkdtemp(join(tmpdir(), 'switchyard-updates-'));
      asked = [];
      spoilt = false;
      held = new Promise((resolve) => {
        release = resolve;
      });
      const files = [
        { url: 'new.AppImage', sha512: createHash('sha512').update(NEW).digest('base64'), size: NEW.length },
      ];
      const announced = { version: '99.0.0', files, releaseNotes: 'Quicker.\n<b>Not bold.</b>' };
      const server = createServer((request, response) => {
        asked.push(request.url ?? '');
        if (request.url?.endsWith('.yml') === true) return response.end(JSON.stringify(announced));
        response.write(NEW.slice(0, 5));
        void held.then(() => response.end(spoilt ? '#'.repeat(NEW.length - 5) : NEW.slice(5)));
        return response;
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : '';
      const source = `provider: generic\nurl: http://127.0.0.1:${port}/\nupdaterCacheDirName: switchyard-updater\n`;
      await writeFile(join(folder, 'app-update.yml'), source);
      await writeFile(join(folder, 'Switchyard.AppImage'), 'old');
      await use({
        environment: {
          STAND_IN_PACKAGED: '1',
          STAND_IN_RESOURCES: folder,
          APPIMAGE: join(folder, 'Switchyard.AppImage'),
          XDG_CACHE_HOME: join(folder, 'cache'),
        },
      });
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  });

  test('one is found, stopped, fetched and installed, each by a press', async ({ desktop, page }) => {
    await desktop.open('/settings/about');
    await expect(page.getByText('No update check: nobody is asked')).toBeVisible();
    expect(asked).toEqual([]);
    await page.getByRole('button', { name: 'Check for updates' }).click();
    await expect(page.getByText('Version 99.0.0 is there.')).toBeVisible();
    await page.getByText('What is new').click();
    await expect(page.getByText('<b>Not bold.</b>')).toBeVisible();
    expect(await violations(page, 'available')).toEqual([]);

    await page.getByRole('button', { name: 'Download', exact: true }).first().click();
    await expect(page.getByText('Version 99.0.0 is being downloaded: 29%')).toBeVisible();
    expect(await violations(page, 'downloading')).toEqual([]);
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect(page.getByText('Version 99.0.0 is there.')).toBeVisible();
    release();
    await page.getByRole('button', { name: 'Download', exact: true }).first().click();
    await expect(page.getByText('Version 99.0.0 is ready.')).toBeVisible();
    expect(await violations(page, 'ready')).toEqual([]);
    expect(await readFile(join(folder, 'Switchyard.AppImage'), 'utf8')).toBe('old');

    await page.getByRole('button', { name: 'Install when I quit' }).click();
    await expect(page.getByText('Version 99.0.0 is installed when you quit')).toBeVisible();
    await page.getByRole('button', { name: 'Not when I quit' }).click();
    const ended = once(desktop.electron.process(), 'exit');
    // The page may go before the click is told to be done.
    await page
      .getByRole('button', { name: 'Restart to update' })
      .click()
      .catch(() => undefined);
    expect((await ended)[0]).toBe(0);
    expect(await readFile(join(folder, 'Switchyard.AppImage'), 'utf8')).toBe(NEW);
  });

  test('one that is looked for by itself is told of while nobody looks, there and ready', async ({
    desktop,
    page,
  }) => {
    const titles = (): Promise<readonly string[]> =>
      desktop.electron.evaluate(({ Notification }) => {
        const all: readonly { title: string }[] = Reflect.get(Notification, 'shown');
        return all.map(({ title }) => title);
      });
    const clickLast = (): Promise<void> =>
      desktop.electron.evaluate(({ Notification }) => {
        const all: readonly { emit(event: string): void }[] = Reflect.get(Notification, 'shown');
        all.at(-1)?.emit('click');
      });
    const hide = (): Promise<void> =>
      desktop.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    const isVisible = (): Promise<boolean> =>
      desktop.electron.evaluate(
        ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() === true,
      );
    const leads = async (): Promise<void> => {
      await desktop.open('/models');
      await clickLast();
      await expect.poll(isVisible).toBe(true);
      await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
      await desktop.open('/settings/about');
    };
    await desktop.open('/settings/about');
    const wish = (name: string) =>
      page.getByRole('group', { name: 'Look for newer versions' }).getByRole('button', { name });
    await expect(wish('Off')).toHaveAttribute('aria-pressed', 'true');
    await hide();
    await wish('Tell me').click();
    await expect.poll(titles).toEqual(['Switchyard 99.0.0 is there']);
    await expect(page.getByText('Version 99.0.0 is there.')).toBeVisible();
    await leads();
    await expect(wish('Tell me')).toHaveAttribute('aria-pressed', 'true');

    await hide();
    await wish('Download').click();
    await expect(page.getByText('Version 99.0.0 is being downloaded: 29%')).toBeVisible();
    release();
    await expect.poll(titles).toEqual(['Switchyard 99.0.0 is there', 'Switchyard 99.0.0 is ready']);
    await leads();
    await expect(page.getByText('Version 99.0.0 is ready.')).toBeVisible();
    expect(await readFile(join(folder, 'Switchyard.AppImage'), 'utf8')).toBe('old');
  });

  test('one that arrives spoilt is not kept: its page is named, and another try brings it', async ({
    desktop,
    page,
  }) => {
    spoilt = true;
    release();
    await desktop.open('/settings/about');
    await page.getByRole('button', { name: 'Check for updates' }).click();
    await page.getByRole('button', { name: 'Download', exact: true }).last().click();
    await expect(page.getByText('Version 99.0.0 was not downloaded')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Download page' })).toHaveAttribute(
      'href',
      /^http:\/\/127\.0\.0\.1:\d+/,
    );
    spoilt = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByText('Version 99.0.0 is ready.')).toBeVisible();
    expect(await readFile(join(folder, 'Switchyard.AppImage'), 'utf8')).toBe('old');
  });
});
