/** What menus and bars of the requests page offer beside its list: each is done once. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { ask } from '../fixtures/chat.ts';
import { expect, test } from '../fixtures/test.ts';

const rows = (page: Page): Locator => page.getByRole('row').filter({ hasText: 'demo/chat' });
const detail = (page: Page): Locator => page.getByRole('region', { name: 'Request detail' });

/** Chooses from the menu of the page, or of the request that is open. */
async function choose(within: Page | Locator, page: Page, item: string): Promise<void> {
  await within.getByRole('button', { name: 'More', exact: true }).first().click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('a request is taken along as a program, asked of another model, and found in its conversation', async ({
  page,
  app,
}) => {
  await ask(app, 'take me along');
  await app.open('/requests');
  await rows(page).click();
  await expect(detail(page).getByText('Request id')).toBeVisible();
  await choose(detail(page), page, 'Copy as Python');
  await expect.poll(() => app.clipboard()).toMatch(/^import [\s\S]*take me along/);
  await choose(detail(page), page, 'Copy as TypeScript');
  await expect.poll(() => app.clipboard()).toMatch(/^import OpenAI[\s\S]*take me along/);
  await detail(page).getByRole('button', { name: 'Copy request id' }).first().click();
  await expect.poll(() => app.clipboard()).toMatch(/^req_/);

  await choose(detail(page), page, 'Replay with another model');
  const dialog = page.getByRole('dialog', { name: 'Replay with another model' });
  await dialog.getByRole('combobox', { name: 'Model' }).fill('demo/chat-large');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await expect(dialog).toBeHidden();
  await expect(detail(page).getByRole('heading', { name: 'chat-large' })).toBeVisible();
  await expect(rows(page)).toHaveCount(2);

  await page.keyboard.press('6');
  await expect(page).toHaveURL(/tab=related/);
  await expect(detail(page).getByText(/requests? of this conversation/)).toBeVisible();
  await detail(page).getByRole('link', { name: 'Show in the list' }).click();
  await expect(page).toHaveURL(/q=conversation:/);
  await detail(page).getByRole('list').getByRole('link').first().click();
  await expect(page).toHaveURL(/requests\/req_/);
});

test('what is shown goes out as JSONL and CSV, and comes back from the file', async ({ page, app }) => {
  await ask(app, 'keep me');
  await ask(app, '/error 400');
  await app.open('/requests');
  await expect(rows(page)).toHaveCount(2);
  // Their ends stand in the log too.
  for (const end of ['200', '400']) await expect(rows(page).filter({ hasText: end })).toHaveCount(1);
  const dialog = page.getByRole('dialog');
  const save = async (format: string): Promise<string> => {
    await choose(page, page, 'Export what is shown');
    await dialog.getByRole('radio', { name: format }).check();
    const { path } = await app.download(() => dialog.getByRole('button', { name: 'Export' }).click());
    await expect(dialog).toBeHidden();
    return readFile(path, 'utf8');
  };
  const jsonl = await save('JSONL');
  expect(jsonl.trim().split('\n')).toHaveLength(2);
  expect((await save('CSV')).trim().split(/\r?\n/)).toHaveLength(3);

  await choose(page, page, 'Delete requests');
  await dialog.getByRole('button', { name: 'Delete requests' }).click();
  await expect(page.getByText('No requests yet')).toBeVisible();
  await choose(page, page, 'Import requests');
  await dialog
    .getByLabel('File to import')
    .setInputFiles({ name: 'log.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(jsonl) });
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toContainText('2 added, 0 there already, 0 refused');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(rows(page)).toHaveCount(2);

  // One alone: picked, exported, let go.
  await page.getByRole('grid').focus();
  await page.keyboard.press('Space');
  const picked = page.getByRole('toolbar', { name: '1 request picked' });
  await picked.getByRole('button', { name: 'Export' }).click();
  const { path } = await app.download(() => dialog.getByRole('button', { name: 'Export' }).click());
  await expect(dialog).toBeHidden();
  expect((await readFile(path, 'utf8')).length).toBeGreaterThan(0);
  await picked.getByRole('button', { name: 'Pick none' }).click();
  await expect(picked).toBeHidden();
});

test('the list is narrowed by time, failover and a saved view, and stands still while it is paused', async ({
  page,
  app,
}) => {
  await ask(app, 'hello');
  await app.open('/requests');
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'All time' }).click();
  const range = page.getByRole('dialog');
  await range.getByLabel('From').fill('2026-01-02T00:00');
  await range.getByLabel('Until').fill('2026-01-01T00:00');
  await expect(range.getByRole('alert')).toContainText('It ends before it begins.');
  await range.getByRole('button', { name: 'Last hour' }).click();
  await expect(page).toHaveURL(/q=time:1h/);
  await expect(rows(page)).toHaveCount(1);

  const views = (): Promise<void> => page.getByRole('button', { name: /^(Views|Lately|Just now)$/ }).click();
  await views();
  await page.getByRole('menuitem', { name: 'Save this filter as a view' }).click();
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Lately');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Lately' })).toBeVisible();
  await views();
  await page.getByRole('menuitem', { name: 'Rename Lately' }).click();
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Just now');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Just now' })).toBeVisible();
  await views();
  await page.getByRole('menuitem', { name: 'Remove Just now' }).click();
  await expect(page.getByRole('button', { name: 'Views' })).toBeVisible();

  await page.getByRole('button', { name: 'Failover' }).click();
  await expect(page.getByText('No request matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).first().click();
  await expect(rows(page)).toHaveCount(1);

  await page.getByRole('grid').focus();
  await page.keyboard.press('p');
  await expect(page.getByRole('button', { name: 'Resume', exact: true })).toBeVisible();
  await ask(app, 'while it stands still');
  await expect(page.getByRole('button', { name: /^1 new/ })).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
  await page.keyboard.press('p');
  await expect(rows(page)).toHaveCount(2);
});

test('columns get a width of their own and their usual one back; two requests are compared part by part', async ({
  page,
  app,
}) => {
  await ask(app, 'one');
  await ask(app, 'two');
  await app.open('/requests');
  await expect(rows(page)).toHaveCount(2);
  const edge = page.getByRole('separator', { name: 'Width of the column Model' });
  const usual = await edge.getAttribute('aria-valuenow');
  await edge.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(edge).not.toHaveAttribute('aria-valuenow', usual ?? '');
  const columns = page.getByRole('button', { name: 'Choose columns' });
  await columns.click();
  await page.getByRole('button', { name: 'Move Status one place back' }).click();
  await expect(page.getByRole('columnheader').first()).toHaveText('Time');
  await page.getByRole('button', { name: 'Usual columns' }).click();
  await expect(page.getByRole('columnheader').first()).toHaveText('Status');
  await page.getByRole('button', { name: 'Usual widths' }).click();
  await expect(edge).toHaveAttribute('aria-valuenow', usual ?? '');
  await page.keyboard.press('Escape');

  await page.getByRole('grid').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByRole('heading', { name: 'Compare requests' })).toBeVisible();
  await expect(page.getByText('"content": "one"')).toBeVisible();
  await page.getByRole('switch', { name: 'Show equal lines' }).click();
  await expect(page.getByText('"model": "demo/chat"').first()).toBeVisible();
  for (const part of ['Answer', 'Headers']) {
    await page.getByRole('tab', { name: part }).click();
    await expect(page.getByRole('tab', { name: part })).toHaveAttribute('aria-selected', 'true');
  }
  await page.keyboard.press('Escape');
  await expect(page.getByRole('toolbar', { name: '2 requests picked' })).toBeVisible();
});
