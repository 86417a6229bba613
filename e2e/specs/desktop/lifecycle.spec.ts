/** The app around its window: it runs on without one, is there once, and ends in good order. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, invoke } from '../../fixtures/bridge.ts';
import { ask } from '../../fixtures/chat.ts';
import type { DesktopApp } from '../../fixtures/desktop-app.ts';
import { expect, test } from '../../fixtures/desktop-test.ts';
import { ELECTRON, environmentOf, IS_ELECTRON, ROOT } from '../../fixtures/electron.ts';
import { clickTray, trayOf } from '../../fixtures/tray.ts';

const answers = async ({ gatewayAddress }: DesktopApp): Promise<number> =>
  (await fetch(`${gatewayAddress}/v1/models`)).status;

const isVisible = ({ electron }: DesktopApp): Promise<boolean> =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);

const themeOf = ({ electron }: DesktopApp): Promise<string> =>
  electron.evaluate(({ nativeTheme }) => nativeTheme.themeSource);

const closeWindow = ({ electron }: DesktopApp): Promise<void> =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

/** Starts the app once more on the same data and waits for its end. */
async function startAgain(desktop: DesktopApp, ...args: readonly string[]): Promise<unknown> {
  const argv = ['--no-sandbox', ROOT, `--data-dir=${desktop.root}`, '--demo', ...args];
  const second = spawn(ELECTRON, argv, {
    cwd: desktop.home,
    env: environmentOf({}, desktop.home),
    stdio: 'ignore',
  });
  return (await once(second, 'exit'))[0];
}

test('without its window the gateway goes on answering, and the window comes back', async ({
  desktop,
  page,
}) => {
  await expect.poll(() => isVisible(desktop)).toBe(true);
  await closeWindow(desktop);
  await expect.poll(() => isVisible(desktop)).toBe(false);
  await ask(desktop, 'while nobody looks');
  expect(await answers(desktop)).toBe(200);
  expect(await startAgain(desktop)).toBe(0);
  await expect.poll(() => isVisible(desktop)).toBe(true);
  await desktop.open('/requests');
  await expect(page.getByRole('row').filter({ hasText: 'demo/chat' })).toHaveCount(1);
});

test('a second start shows the page it was asked for in the first window, and touches no data', async ({
  desktop,
  page,
}) => {
  const holder = await readFile(join(desktop.folder, 'switchyard.lock.json'), 'utf8');
  await ask(desktop, 'before');
  expect(await startAgain(desktop, 'switchyard://open/requests')).toBe(0);
  await expect.poll(() => page.url()).toContain('#/requests');
  await expect(page.getByRole('row').filter({ hasText: 'demo/chat' })).toHaveCount(1);
  await expect.poll(() => desktop.electron.windows().length).toBe(1);
  expect(await readFile(join(desktop.folder, 'switchyard.lock.json'), 'utf8')).toBe(holder);
  // A stranger's link shows a page at most.
  expect(await startAgain(desktop, 'switchyard://open/../../etc/passwd')).toBe(0);
  await expect.poll(() => page.url()).toContain('#/requests');
});

test('after a sleep requests go on over new connections, and the page reads everything anew', async ({
  desktop,
  page,
}) => {
  await desktop.open('/requests');
  await expect(page.getByRole('heading', { name: 'Requests' })).toBeVisible();
  await page.evaluate(`(globalThis.resets = 0, switchyard.subscribe(
    { kind: "events", topics: ["requests.cleared"] },
    (message) => { if (message.kind === "event" && message.event.topic === "reset") globalThis.resets += 1; },
  ), undefined)`);
  await ask(desktop, 'before the sleep');
  await desktop.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'));
  await desktop.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
  await expect.poll(() => page.evaluate('globalThis.resets')).toBe(1);
  await ask(desktop, 'after it');
  await expect(page.getByRole('row').filter({ hasText: 'demo/chat' })).toHaveCount(2);
});

test('a window whose screen is gone comes back to one that is there', async ({ desktop, page }) => {
  const boundsOf = () =>
    desktop.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds());
  const move = (x: number) =>
    desktop.electron.evaluate(
      ({ BrowserWindow }, left) =>
        BrowserWindow.getAllWindows()[0]?.setBounds({ x: left, y: 40, width: 1_000, height: 700 }),
      x,
    );
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await move(9_000);
  await desktop.electron.evaluate(({ screen }) => screen.emit('display-removed', {}, {}));
  await expect.poll(boundsOf).toMatchObject({ x: 320 });
  // Without a word of the system it does when it is asked for.
  await move(9_000);
  expect(await startAgain(desktop)).toBe(0);
  await expect.poll(boundsOf).toMatchObject({ x: 320 });
});

test('a window that was given up while closed opens where it was, and the app runs on', async ({
  desktop,
}) => {
  await desktop.open('/settings');
  await closeWindow(desktop);
  // What ten minutes without a look at it do.
  await desktop.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.destroy());
  expect(await answers(desktop)).toBe(200);
  expect(await startAgain(desktop)).toBe(0);
  await expect.poll(() => isVisible(desktop)).toBe(true);
});

test('a window that is loaded anew ends what its page had begun', async ({ desktop, page }) => {
  await page.evaluate(`void switchyard.subscribe(
    { kind: "call", name: "playground.chat", input: { model: "demo/chat", messages: [{ role: "user", text: "/slow" }] } },
    () => undefined,
  )`);
  const list = async (): Promise<unknown> => {
    const result = await invoke(desktop.page, 'requests.list');
    return result.ok ? result.data : result.error;
  };
  await expect.poll(list).toMatchObject({ rows: [{ outcome: 'live' }] });
  await page.reload();
  await expect.poll(list).toMatchObject({ rows: [{ outcome: 'client-left' }] });
});

test('what was set stays after a restart: theme, window, requests', async ({ desktop }) => {
  await ask(desktop, 'kept');
  await desktop.page.getByRole('button', { name: 'Theme' }).click();
  await desktop.page.getByRole('menuitem', { name: 'Dark' }).click();
  await expect.poll(() => themeOf(desktop)).toBe('dark');
  expect(await codeOf(desktop.page, 'desktop.set', { notifications: false })).toBe('ok');
  await desktop.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 30, y: 40, width: 1_000, height: 700 }),
  );
  await desktop.restart();
  const info = await invoke(desktop.page, 'desktop.info');
  expect(info).toMatchObject({ ok: true, data: { notifications: false } });
  await expect.poll(() => themeOf(desktop)).toBe('dark');
  if (!IS_ELECTRON) {
    await expect.poll(async () => (await trayOf(desktop)).labels).toContain('1 request today · $0.00');
  }
  const boundsOf = () =>
    desktop.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds());
  await expect.poll(boundsOf).toMatchObject({ width: 1_000, height: 700 });
  await desktop.open('/requests');
  await expect(desktop.page.getByRole('row').filter({ hasText: 'demo/chat' })).toHaveCount(1);
});

test.describe('the tray', () => {
  test.skip(IS_ELECTRON, 'Electron tells nobody what is in its tray');

  test('shows state and figures, copies the address, pauses and resumes', async ({ desktop, page }) => {
    await ask(desktop, 'one');
    const address = `${desktop.gatewayAddress}/v1`;
    await expect
      .poll(() => trayOf(desktop))
      .toEqual({
        toolTip: 'Switchyard: Running',
        labels: [
          'Running',
          expect.stringMatching(/^\d requests? today · \$0\.00$/),
          '',
          'Open Switchyard',
          `Copy ${address}`,
          'Connect a tool…',
          'Pause the gateway',
          '',
          'Diagnostics…',
          'Quit Switchyard',
        ],
      });
    await clickTray(desktop, `Copy ${address}`);
    await expect.poll(() => desktop.clipboard()).toBe(address);

    await clickTray(desktop, 'Diagnostics…');
    const dialog = page.getByRole('dialog', { name: 'Diagnostics' });
    await expect(dialog).toContainText('"version"');
    await dialog.getByRole('button', { name: 'Close' }).click();

    await clickTray(desktop, 'Pause the gateway');
    await expect.poll(() => answers(desktop)).toBe(503);
    await expect.poll(async () => (await trayOf(desktop)).labels).toContain('Resume the gateway');
    await expect(page.getByText('Paused').first()).toBeVisible();
    await clickTray(desktop, 'Resume the gateway');
    await expect.poll(() => answers(desktop)).toBe(200);
  });

  test('counts anew when the machine wakes', async ({ desktop }) => {
    await expect.poll(async () => (await trayOf(desktop)).labels).toContain('0 requests today · $0.00');
    await ask(desktop, 'just before the sleep');
    // The row may be on its way into the log yet.
    await expect
      .poll(async () => {
        await desktop.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
        return (await trayOf(desktop)).labels;
      })
      .toContain('1 request today · $0.00');
  });

  test('quits in good order', async ({ desktop }) => {
    await ask(desktop, 'last words');
    const closed = desktop.electron.waitForEvent('close');
    await clickTray(desktop, 'Quit Switchyard');
    await closed;
    await expect(fetch(desktop.gatewayAddress)).rejects.toThrow();
  });

  test.describe('in Chinese', () => {
    test.use({ locale: 'zh-CN' });

    test('speaks the language of the system', async ({ desktop }) => {
      await expect.poll(async () => (await trayOf(desktop)).labels).toContain('暂停网关');
    });
  });
});
