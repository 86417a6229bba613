/**
 * From nothing to a provider that works and back again after a restart, as a user does it; then the secret is
 * looked for everywhere it must not be (row 59 of the fault list).
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  startFakeUpstream,
  type FakeRequest,
  type FakeUpstream,
} from '../../gateway/testing/fake-upstream.ts';
import { chunk, DONE } from '../../gateway/testing/openai-wire.ts';
import type { SwitchyardApp } from '../fixtures/app.ts';
import { invoke } from '../fixtures/bridge.ts';
import { isDesktop } from '../fixtures/desktop-app.ts';
import { filesWith, findIn, heapOf } from '../fixtures/secret-sweep.ts';
import { expect, test } from '../fixtures/test.ts';

const KEY = 'sk-e2e/story+canary=0000000024680';
const FINGERPRINT = '…4680';

// The headless host keeps keys in its sealed file, the desktop in the keychain.
test.use({
  start: { demo: false, keychain: true, environment: { SWITCHYARD_MASTER_KEY: '5e'.repeat(32) } },
});

let upstream: FakeUpstream;
/** Resolves when the upstream may end its answer. */
let release: PromiseWithResolvers<void>;
test.beforeEach(async () => {
  release = Promise.withResolvers();
  upstream = await startFakeUpstream({ scriptLists: true });
  upstream.script(answer);
});
test.afterEach(() => upstream.close());

async function answer(request: FakeRequest): Promise<void> {
  if (request.headers['authorization'] !== `Bearer ${KEY}`) {
    return request.json(401, { error: { message: 'Incorrect API key provided' } });
  }
  if (request.path.endsWith('/models')) return request.json(200, { data: [{ id: 'm' }] });
  if (request.body.includes('fail')) {
    return request.json(400, {
      error: { message: `Bad request with ${KEY}`, type: 'invalid_request_error' },
    });
  }
  request.head(200, { 'content-type': 'text/event-stream' });
  request.write(chunk({ role: 'assistant', content: 'The upstream ' }));
  if (request.body.includes('wait')) await release.promise;
  for (const piece of [chunk({ content: 'answers.' }), chunk({}, 'stop'), DONE]) request.write(piece);
  request.end();
}

/** A tool's request. @returns the whole answer */
async function tool({ gatewayAddress }: SwitchyardApp, content: string): Promise<string> {
  const response = await fetch(`${gatewayAddress}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'claude-cli/2.1' },
    body: JSON.stringify({ model: 'mine/m', stream: true, messages: [{ role: 'user', content }] }),
  });
  return response.text();
}

test('a provider and key are added, checked, used and there again after a restart; the secret is nowhere else', async ({
  app,
}) => {
  test.setTimeout(120_000);
  const outgoing = await watchMessages(app);

  await test.step('add a provider and its key', async () => {
    await app.open('/providers');
    const { page } = app;
    await page.getByRole('button', { name: 'Add provider' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Any other address').click();
    await dialog.getByLabel('Id', { exact: true }).fill('mine');
    await dialog.getByLabel('Base URL').fill(upstream.url);
    await dialog.getByLabel('Key', { exact: true }).fill(KEY);
    await dialog.getByRole('button', { name: 'Add provider' }).click();
    await expect(page.getByRole('heading', { name: 'mine', level: 2 })).toBeVisible();
    await expect(page.getByRole('row').filter({ hasText: FINGERPRINT })).toBeVisible();
  });

  await test.step('check the key', async () => {
    await app.page.getByRole('button', { name: 'Check keys' }).click();
    await expect(app.page.getByText('Works', { exact: true })).toBeVisible();
  });

  await test.step('chat in the playground', async () => {
    await app.open('/playground');
    const composer = app.page.getByRole('textbox', { name: 'Message the model' });
    await expect(app.page.getByRole('button', { name: /^Model: mine\/m/ })).toBeVisible();
    await composer.fill('A first question');
    await composer.press('Enter');
    await expect(app.page.getByText('The upstream answers.', { exact: true })).toBeVisible();
  });

  await test.step('see a request while it runs, and how it ends', async () => {
    await app.open('/requests');
    const running = tool(app, 'wait for me');
    await expect(app.page.getByRole('row').filter({ hasText: 'live' })).toHaveCount(1);
    release.resolve();
    expect(await running).toContain('[DONE]');
    await expect(app.page.getByRole('row').filter({ hasText: '200' })).toHaveCount(2);
    await expect(app.page.getByRole('row').filter({ hasText: 'Claude Code' })).toHaveCount(1);
  });

  await test.step('an upstream that repeats the key tells nobody', async () => {
    expect(findIn(await tool(app, 'fail'), KEY)).toEqual([]);
    const row = app.page.getByRole('row').filter({ hasText: '400' });
    await row.click();
    await expect(app.page.getByText('Bad request with').first()).toBeVisible();
  });
  expect(findIn(await outgoing(), KEY)).toEqual([]);

  await app.restart();

  await test.step('everything is there again', async () => {
    const { page } = app;
    await app.open('/providers/mine');
    await expect(page.getByRole('row').filter({ hasText: FINGERPRINT })).toBeVisible();
    expect(await tool(app, 'and again')).toContain('answers.');
    await app.open('/requests');
    await expect(page.getByRole('row').filter({ hasText: '200' })).toHaveCount(3);
    await app.open('/playground');
    await page.getByRole('link', { name: 'A first question' }).click();
    await expect(page.getByText('The upstream answers.', { exact: true })).toBeVisible();
    expect(upstream.requests.at(-1)?.headers['authorization']).toBe(`Bearer ${KEY}`);
  });

  await test.step('the secret is where it belongs and nowhere else', async () => {
    const page = await app.page.content();
    expect(findIn(page, KEY)).toEqual([]);
    // A page that is gone may be collected a moment later.
    await expect(async () => expect(findIn(await heapOf(app.page), KEY)).toEqual([])).toPass({
      timeout: 30_000,
    });
    expect(await filesWith(app.folder, KEY)).toEqual([]);
    const config = await readFile(join(app.folder, 'config.yaml'), 'utf8');
    expect(config).toContain('mine');
    if (isDesktop(app)) {
      expect(await invoke(app.page, 'desktop.info')).toMatchObject({
        data: { secrets: { kind: 'keychain', state: 'ready' } },
      });
      expect(await filesWith(app.home, KEY)).toEqual([]);
      const report = await app.electron.evaluate(() => JSON.stringify(process.report.getReport()));
      expect(findIn(report, KEY)).toEqual([]);
    }
  });
});

/** Collects what the main process tells the page from now on. @returns how to read it, before the next restart */
async function watchMessages(app: SwitchyardApp): Promise<() => Promise<string>> {
  if (!isDesktop(app)) {
    const bodies: Promise<string>[] = [];
    app.page.on('response', (response) => {
      // The stream of events ends with the page; what it brought stands in the page's memory.
      if (!(response.headers()['content-type'] ?? '').startsWith('text/event-stream')) {
        bodies.push(response.text().catch(() => ''));
      }
    });
    return async () => (await Promise.all(bodies)).join('\n');
  }
  const { electron } = app;
  await electron.evaluate(({ BrowserWindow, ipcMain }) => {
    const told: string[] = [];
    Reflect.set(globalThis, 'toldToPage', told);
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const send: unknown = contents === undefined ? undefined : Reflect.get(contents, 'send');
    const handlers: unknown = Reflect.get(ipcMain, '_invokeHandlers');
    if (contents === undefined || typeof send !== 'function' || !(handlers instanceof Map)) {
      throw new Error('There is no window to listen to.');
    }
    Reflect.set(contents, 'send', (...args: readonly unknown[]) => {
      told.push(JSON.stringify(args));
      Reflect.apply(send, contents, args);
    });
    for (const channel of handlers.keys()) {
      const handler: unknown = handlers.get(channel);
      if (typeof handler !== 'function') continue;
      handlers.set(channel, async (...args: readonly unknown[]) => {
        const answered: unknown = await Reflect.apply(handler, undefined, args);
        told.push(JSON.stringify(answered));
        return answered;
      });
    }
  });
  return () =>
    electron.evaluate(() => {
      const told: unknown = Reflect.get(globalThis, 'toldToPage');
      return Array.isArray(told) ? told.join('\n') : '';
    });
}
