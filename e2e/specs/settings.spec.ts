/** Settings as a user changes them: in force at once, in the file, and there after a restart. */
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { freePort } from '../fixtures/data-folder.ts';
import { findIn } from '../fixtures/secret-sweep.ts';
import { expect, test } from '../fixtures/test.ts';

const configOf = (folder: string): Promise<string> => readFile(join(folder, 'config.yaml'), 'utf8');
const row = (page: Page, id: string): Locator => page.locator(`[data-setting="${id}"]`);
const answers = (address: string): Promise<boolean> =>
  fetch(`${address}/health`).then(
    ({ ok }) => ok,
    () => false,
  );

/** Occupies a port as another program would. */
async function occupy(): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, server };
}

test('a change is in force at once, stands in the file, and is there after a restart', async ({
  app,
  page,
}) => {
  await app.open('/settings/requests');
  const days = row(page, 'requests.keep.days');
  await days.getByRole('textbox').fill('7');
  await days.getByRole('textbox').press('Enter');
  await expect(days.getByRole('img', { name: 'Changed from its default' })).toBeVisible();
  await expect.poll(() => configOf(app.folder)).toContain('days: 7');

  await app.restart();
  await app.open('/settings/requests');
  const again = row(app.page, 'requests.keep.days');
  await expect(again.getByRole('textbox')).toHaveValue('7');
  await again.getByRole('button', { name: 'Reset to 30' }).click();
  await expect(again.getByRole('textbox')).toHaveValue('30');
  await expect.poll(() => configOf(app.folder)).not.toContain('days');
});

test('a change of the file shows on the open page', async ({ app, page }) => {
  await app.open('/settings/routing');
  const retries = row(page, 'routing.retries').getByRole('textbox');
  await expect(retries).toHaveValue('3');
  await writeFile(join(app.folder, 'config.yaml'), `${await configOf(app.folder)}routing: { retries: 5 }\n`);
  await expect(retries).toHaveValue('5');
});

/** A page may ask its old address once more before it has left; the browser reports that nobody is there. */
const LEFT_OLD_PORT = /net::ERR_(?:CONNECTION_|EMPTY_RESPONSE|INCOMPLETE_|SOCKET_)/;

test('the gateway moves to another port while it runs, and the page with it', async ({
  app,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(LEFT_OLD_PORT);
  const before = app.gatewayAddress;
  const to = await freePort();
  await app.open('/settings/gateway');
  const port = row(page, 'server.port');
  await port.getByRole('textbox').fill(String(to));
  await port.getByRole('textbox').press('Enter');

  const now = `http://127.0.0.1:${to}`;
  await expect(port).toContainText(`Tools reach the gateway at ${now}.`);
  await expect(page.getByRole('contentinfo')).toContainText(`${now}/v1`);
  await expect.poll(() => answers(now)).toBe(true);
  await expect.poll(() => answers(before)).toBe(false);
  if (app.kind === 'browser') await expect.poll(() => page.url()).toContain(`:${to}/#/settings/gateway`);
  // Still logged in, and still told of what happens.
  await app.page.getByRole('link', { name: 'Requests' }).click();
  await fetch(`${now}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'demo/chat', messages: [{ role: 'user', content: 'hello' }] }),
  });
  await expect(page.getByRole('row').filter({ hasText: 'demo/chat' })).toHaveCount(1);
});

test('a port that is taken is told in place, with one that is free', async ({
  app,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(LEFT_OLD_PORT);
  const taken = await occupy();
  await app.open('/settings/gateway');
  const port = row(page, 'server.port');
  await port.getByRole('textbox').fill(String(taken.port));
  await port.getByRole('textbox').press('Enter');
  await expect(port).toContainText(`${taken.port} is taken by`);
  await expect(port).toContainText(`Still listening on ${new URL(app.gatewayAddress).port}.`);
  expect(await answers(app.gatewayAddress)).toBe(true);
  expect(await configOf(app.folder)).not.toContain(String(taken.port));

  await port.getByRole('button', { name: /^Use \d+$/ }).click();
  await expect(port.getByRole('textbox')).not.toHaveValue(String(taken.port));
  await expect(port).not.toContainText('is taken by');
  if (app.kind === 'browser') await expect.poll(() => page.url()).not.toContain(app.gatewayAddress);
  await new Promise((closed) => taken.server.close(closed));
});

test('a client key is made in the page, shown once, and asked for from then on', async ({ app, page }) => {
  const ask = (key?: string): Promise<number> =>
    fetch(`${app.gatewayAddress}/v1/models`, {
      headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    }).then(({ status }) => status);
  expect(await ask()).toBe(200);
  await app.open('/settings/gateway');
  const setting = row(page, 'server.api_key');
  await setting.getByRole('button', { name: 'Make a key' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('code')).toHaveText(/^sy-[\w-]{32}$/);
  const key = await dialog.getByRole('code').innerText();
  await dialog.getByRole('button', { name: 'Copy client key' }).click();
  await expect.poll(() => app.clipboard()).toBe(key);
  await dialog.getByRole('button', { name: 'Done' }).click();

  await expect(setting).toContainText(`…${key.slice(-4)}`);
  await expect(dialog).toBeHidden();
  await expect.poll(() => page.content()).not.toContain(key);
  await expect.poll(() => ask()).toBe(401);
  expect(await ask(key)).toBe(200);

  await setting.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(setting.getByRole('button', { name: 'Make a key' })).toBeVisible();
  await expect.poll(() => ask()).toBe(200);
});

test('diagnostics are read before they are copied, and hold no key', async ({ app, page }) => {
  const canary = 'sk-e2e-diagnostics-canary-00000000001234';
  await writeFile(
    join(app.folder, 'config.yaml'),
    `${await configOf(app.folder)}clients: [{ id: canary, key: ${canary} }]\n`,
  );
  await app.open('/settings/about');
  await row(page, 'about.diagnostics').getByRole('button', { name: 'Show' }).click();
  const dialog = page.getByRole('dialog', { name: 'Diagnostics' });
  await expect(dialog).toContainText('"version"');
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect.poll(() => app.clipboard()).toContain('"failedRequests"');
  expect(findIn(await app.clipboard(), canary)).toEqual([]);
});

test('settings are found by either language', async ({ app, page }) => {
  await app.open('/settings');
  const search = page.getByRole('searchbox', { name: 'Search settings' });
  await search.fill('端口');
  await expect(row(page, 'server.port')).toBeVisible();
  await expect(page.locator('[data-setting="routing.retries"]')).toHaveCount(0);
  await search.fill('cool-down');
  await expect(row(page, 'routing.cooldown.ceiling')).toBeVisible();
  await search.fill('no such thing');
  await page.getByRole('button', { name: 'Clear search' }).click();
  await expect(row(page, 'server.port')).toBeVisible();
});

test('language and theme change at once and stay', async ({ app, page }) => {
  await app.open('/settings/appearance');
  await page.getByRole('button', { name: '简体中文' }).click();
  await expect(page).toHaveTitle('设置 · Switchyard');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await page.getByRole('button', { name: '深色' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await app.restart();
  await expect(app.page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(app.page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('a broken file is named, and the way to it is one press', async ({ app, page }) => {
  await app.open('/requests');
  await writeFile(join(app.folder, 'config.yaml'), 'server: { prot: 1 }\n');
  await page.getByRole('button', { name: '1 problem' }).click();
  await expect(page.getByText('did you mean server.port?')).toBeVisible();
  await page.getByRole('button', { name: 'Show the file' }).click();
  await expect(row(page, 'data.configFile')).toContainText('did you mean server.port?');
  await expect(row(page, 'data.configFile')).toContainText('config.yaml');
});
