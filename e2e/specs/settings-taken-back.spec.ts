/** What in the settings is given up, undone, replaced or saved as a file. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { SwitchyardApp } from '../fixtures/app.ts';
import { expect, test } from '../fixtures/test.ts';

const configOf = ({ folder }: SwitchyardApp): Promise<string> =>
  readFile(join(folder, 'config.yaml'), 'utf8');
const row = (page: Page, id: string): Locator => page.locator(`[data-setting="${id}"]`);

test('a field is left with Escape, changed ones are shown by the button, the search is emptied by Escape', async ({
  app,
  page,
}) => {
  await app.open('/settings/routing');
  const retries = row(page, 'routing.retries').getByRole('textbox');
  await retries.fill('9000');
  await retries.press('Enter');
  await expect(row(page, 'routing.retries')).toContainText(/whole number from/i);
  await retries.press('Escape');
  await expect(retries).toHaveValue('3');
  await expect(row(page, 'routing.retries')).not.toContainText(/whole number from/i);
  expect(await configOf(app)).not.toContain('retries');
  await retries.fill('4');
  await retries.press('Enter');
  await expect.poll(() => configOf(app)).toContain('retries: 4');

  const filter = page.getByRole('button', { name: 'Changed only' });
  await filter.click();
  await expect(row(page, 'routing.retries')).toBeVisible();
  await expect(row(page, 'routing.deadline')).toHaveCount(0);
  await filter.click();
  await expect(row(page, 'routing.deadline')).toBeVisible();
  const search = page.getByRole('searchbox', { name: 'Search settings' });
  await search.fill('retries');
  await expect(row(page, 'routing.deadline')).toHaveCount(0);
  await search.press('Escape');
  await expect(search).toHaveValue('');
  await expect(row(page, 'routing.deadline')).toBeVisible();
});

test('an import is undone, a client key replaced, diagnostics saved, a back-up made without history', async ({
  app,
  page,
}) => {
  const dialog = page.getByRole('dialog');
  await test.step('an import is undone', async () => {
    await app.open('/settings/data');
    await row(page, 'data.transfer').getByRole('button', { name: 'Import' }).click();
    const text = `${await configOf(app)}models: [{ id: quick, targets: [{ model: demo/chat }] }]\n`;
    await dialog
      .getByLabel('Configuration file to import')
      .setInputFiles([{ name: 'config.yaml', mimeType: 'text/plain', buffer: Buffer.from(text) }]);
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => configOf(app)).toContain('quick');
    await page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => configOf(app)).not.toContain('quick');
  });
  await test.step('diagnostics are saved', async () => {
    await app.open('/settings/about');
    await row(page, 'about.diagnostics').getByRole('button', { name: 'Show' }).click();
    await expect(dialog).toContainText('"version"');
    const { name, path } = await app.download(() =>
      dialog.getByRole('button', { name: 'Save as a file' }).click(),
    );
    expect(name).toMatch(/\.json$/);
    expect(await readFile(path, 'utf8')).toContain('"failedRequests"');
    await page.keyboard.press('Escape');
  });
  await test.step('a back-up without history', async () => {
    await app.open('/settings/backup');
    const copies = row(page, 'backup.copies');
    await copies.getByRole('button', { name: 'Back up now' }).click();
    await dialog.getByRole('switch', { name: 'With requests and conversations' }).click();
    await dialog.getByRole('button', { name: 'Back up now' }).click();
    await expect(copies.getByRole('listitem')).toHaveCount(1);
    await expect(copies.getByRole('listitem')).not.toContainText('History');
  });
  await test.step('a client key is replaced', async () => {
    const models = (key: string): Promise<number> =>
      fetch(`${app.gatewayAddress}/v1/models`, { headers: { authorization: `Bearer ${key}` } }).then(
        ({ status }) => status,
      );
    await app.open('/settings/gateway');
    const setting = row(page, 'server.api_key');
    const take = async (): Promise<string> => {
      await expect(dialog.getByRole('code')).toHaveText(/^sy-[\w-]{32}$/);
      const key = await dialog.getByRole('code').innerText();
      await dialog.getByRole('button', { name: 'Done' }).click();
      return key;
    };
    await setting.getByRole('button', { name: 'Make a key' }).click();
    const first = await take();
    await setting.getByRole('button', { name: 'Replace' }).click();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => models(first)).toBe(200);
    await setting.getByRole('button', { name: 'Replace' }).click();
    await dialog.getByRole('button', { name: 'Replace' }).click();
    const second = await take();
    await expect.poll(() => models(first)).toBe(401);
    expect(await models(second)).toBe(200);
  });
});
