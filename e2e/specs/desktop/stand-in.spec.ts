/** The program that runs the desktop specs, tried with a small app: what it shows must be what Electron shows. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { ELECTRON, environmentOf, launch, ROOT } from '../../fixtures/electron.ts';

const APP = join(ROOT, 'e2e', 'stand-in', 'testing', 'app');

const test = base.extend<{ home: string; tried: ElectronApplication; window: Page }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are wanted.
  home: async ({}, use) => {
    const home = await mkdtemp(join(tmpdir(), 'switchyard-stand-in-'));
    await use(home);
    await rm(home, { recursive: true, force: true });
  },
  tried: async ({ home }, use) => {
    const tried = await launch({ app: APP, args: [`--user-data-dir=${home}/data`, '--lang=zh-CN'] }, home);
    await use(tried);
    await tried.close();
  },
  window: async ({ tried }, use) => {
    const window = await tried.firstWindow();
    await window.getByText('Hello').waitFor();
    await use(window);
  },
});

/** Calls the small app's bridge. */
const call = (window: Page, channel: string, value: unknown = null): Promise<unknown> =>
  window.evaluate(`tried.invoke(${JSON.stringify(channel)}, ${JSON.stringify(value)})`);
const asked = (tried: ElectronApplication): Promise<unknown> =>
  tried.evaluate((): unknown => Reflect.get(globalThis, 'asked'));

test('the app is told what it is, and its window shows when the page is there', async ({ tried, window }) => {
  expect(await tried.evaluate(({ app }) => [app.getName(), app.getVersion(), app.getLocale()])).toEqual([
    'tried-app',
    '1.2.3',
    'zh-CN',
  ]);
  expect(await window.evaluate('navigator.language')).toBe('zh-CN');
  const shown = await tried.browserWindow(window);
  await expect.poll(() => shown.evaluate((one: { isVisible(): boolean }) => one.isVisible())).toBe(true);
  await expect
    .poll(() => tried.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL()))
    .toBe('app://tried/#/start');
});

test('calls reach the main process with their sender, failures come back as text', async ({ window }) => {
  expect(await call(window, 'echo', { a: [1, null, 'x'] })).toEqual({
    value: { a: [1, null, 'x'] },
    origin: 'app://tried',
    top: true,
  });
  await expect(call(window, 'fail')).rejects.toThrow(
    "Error invoking remote method 'fail': TypeError: not like this",
  );
  await expect(call(window, 'nobody')).rejects.toThrow("No handler registered for 'nobody'");
  await expect(window.evaluate('tried.invoke("echo", () => 1)')).rejects.toThrow(/could not be cloned/);
});

test('the bridge is a frozen copy, and messages of the main process arrive', async ({ window }) => {
  expect(await window.evaluate('Object.isFrozen(tried) && Object.keys(tried).join()')).toBe(
    'refused,invoke,onPush',
  );
  expect(await window.evaluate('tried.refused')).toMatch(/module not found: node:fs/);
  expect(await window.evaluate('typeof require + typeof process')).toBe('undefinedundefined');
  const pushed = await window.evaluate(
    'new Promise((resolve) => { const stop = tried.onPush((m) => { stop(); resolve([m, Object.isFrozen(m)]); }); tried.invoke("push"); })',
  );
  expect(pushed).toEqual([{ from: 'main' }, true]);
});

test('the app decides where a page may go', async ({ tried, window }) => {
  const before = window.url();
  await window.click('#away');
  await window.click('#mail');
  await window.click('#new');
  expect(await window.evaluate('String(window.open("https://example.com/opened"))')).toBe('null');
  await expect
    .poll(() => asked(tried))
    .toEqual([
      ['navigate', 'https://example.com/away'],
      ['navigate', 'mailto:a@example.com'],
      ['open', 'https://example.com/new'],
      ['open', 'https://example.com/opened'],
    ]);
  expect(window.url()).toBe(before);
  expect(await window.evaluate('document.querySelector("p").textContent')).toBe('Hello');
  await expect.poll(() => tried.windows().length).toBe(1);
  await tried.evaluate(() => Reflect.set(globalThis, 'allowed', true));
  await window.evaluate('location.href = "app://tried/other".replace("app://tried", location.origin)');
  await window.waitForURL(/other$/);
});

test('the policy of the answer holds', async ({ window }) => {
  const violation = window.evaluate(
    'new Promise((resolve) => { addEventListener("securitypolicyviolation", (e) => resolve(e.effectiveDirective)); document.body.append(Object.assign(document.createElement("iframe"), { src: "https://example.com/" })); })',
  );
  expect(await violation).toBe('frame-src');
});

test('a utility process is spoken to and ends', async ({ window }) => {
  expect(await call(window, 'fork')).toEqual({
    message: { heard: { say: 'hello' }, argument: 'one' },
    code: 7,
  });
});

test('a second start tells the first one and ends', async ({ tried, window, home }) => {
  await window.getByText('Hello').waitFor();
  const args = ['--no-sandbox', APP, `--user-data-dir=${home}/data`, 'switchyard://open/requests'];
  const second = spawn(ELECTRON, args, { cwd: home, env: environmentOf({}, home), stdio: 'inherit' });
  expect((await once(second, 'exit'))[0]).toBe(3);
  await expect.poll(() => asked(tried)).toEqual([['second', 'switchyard://open/requests']]);
});
