/** The log where its parts cannot be read, compared, saved or taken in, where work is called off, and where others hold it. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ask } from '../../fixtures/chat.ts';
import { expect, REASON, test, tryAgain } from '../../fixtures/failing-calls.ts';

test('a request whose parts cannot be read, compared, saved or taken in; an export and a deletion that are called off', async ({
  app,
  page,
  calls,
}) => {
  for (const words of ['one', 'two']) await ask(app, words);
  await app.open('/requests');
  const rows = page.getByRole('row').filter({ hasText: 'demo/chat' });
  await expect(rows.filter({ hasText: '200' })).toHaveCount(2);
  await rows.first().click();
  const detail = page.getByRole('region', { name: 'Request detail' });
  for (const [tab, procedure, title, shown] of [
    ['Request', 'requests.body', 'The body could not be read', '"demo/chat"'],
    ['Events', 'requests.events', 'The events could not be read', 'chat.completion.chunk'],
  ] as const) {
    calls.refuse(procedure);
    await detail.getByRole('tab', { name: tab, exact: true }).click();
    await expect(detail).toContainText(title);
    await expect(detail).toContainText(REASON);
    await calls.pressToMend(tryAgain(detail));
    await expect(detail).toContainText(shown);
  }
  await page.keyboard.press('Escape');

  const main = page.getByRole('main');
  await page.getByRole('grid').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  calls.refuse('requests.get');
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(main).toContainText(REASON);
  await calls.pressToMend(tryAgain(main));
  await expect(page.getByText('"content": "two"')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Pick none' }).click();

  const dialog = page.getByRole('dialog');
  const more = page.getByRole('button', { name: 'More', exact: true }).first();
  const choose = async (item: string | RegExp): Promise<void> => {
    await more.press('Enter');
    await page.getByRole('menuitem', { name: item }).press('Enter');
  };
  const downloads: string[] = [];
  page.on('download', (download) => downloads.push(download.suggestedFilename()));
  await choose('Export what is shown');
  const save = dialog.getByRole('button', { name: 'Export' });
  calls.refuse('requests.export');
  await save.click();
  await expect(dialog.getByRole('alert')).toContainText(REASON);
  calls.hold('requests.export');
  await save.click();
  await expect(dialog.getByRole('progressbar')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect(more).toBeFocused();
  await choose('Export what is shown');
  await expect(save).not.toHaveAttribute('aria-busy', 'true');
  calls.mend();
  await Promise.all([page.waitForEvent('download'), save.click()]);
  await expect(dialog).toBeHidden();
  // The one that was called off came to nothing.
  expect(downloads).toHaveLength(1);

  await choose('Import requests');
  await dialog
    .getByLabel('File to import')
    .setInputFiles({ name: 'log.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from('{}\n') });
  calls.refuse('requests.import');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText(REASON);
  calls.refuse('requests.list');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toContainText('The file is neither a HAR nor a JSONL of requests.');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  // The list was to be read anew, and stays as it was.
  await expect(main.getByText('The requests could not be read.')).toBeVisible();
  await expect(rows).toHaveCount(2);
  await calls.pressToMend(tryAgain(main));
  await expect(main.getByText('The requests could not be read.')).toBeHidden();

  await page.getByRole('combobox', { name: 'Filter requests' }).fill('model:demo/chat');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/model:demo/);
  await expect(rows).toHaveCount(2);
  // What the filter shows, then all there is.
  for (const [procedure, item] of [
    ['requests.delete', 'Delete what is shown'],
    ['requests.clear', 'Delete requests'],
  ] as const) {
    calls.hold(procedure);
    await choose(item);
    await dialog.getByRole('button', { name: 'Delete requests' }).click();
    await dialog.getByRole('button', { name: 'Stop' }).press('Enter');
    await expect(dialog).toBeHidden();
    await expect(more).toBeFocused();
    await expect(page.getByText('Stopped; 0 requests had been deleted').last()).toBeVisible();
    calls.mend();
    await app.open('/requests');
  }
  // What would still be deleted was gone before a later request has its end.
  await ask(app, 'three');
  await expect(rows.filter({ hasText: '200' })).toHaveCount(3);
});

test('a log that another program holds, and a search that is behind', async ({ app, page, calls }) => {
  await ask(app, 'hello');
  await app.open('/requests');
  const rows = page.getByRole('row').filter({ hasText: 'demo/chat' });
  await expect(rows.filter({ hasText: '200' })).toHaveCount(1);
  calls.alter('requests.list', (data) => ({
    ...data,
    search: { excerpts: [null], index: { waiting: 5, since: null } },
  }));
  await page.getByRole('combobox', { name: 'Filter requests' }).fill('hello');
  await page.keyboard.press('Enter');
  const behind = page.getByText('The search is catching up: 5 texts are not in the index yet.');
  await expect(behind).toBeVisible();
  await calls.pressToMend(page.getByRole('button', { name: 'Search again' }));
  await expect(behind).toBeHidden();
  await expect(rows).toHaveCount(1);
  await app.open('/requests');

  const log = new DatabaseSync(join(app.folder, 'log.db'));
  log.exec('BEGIN EXCLUSIVE');
  const held = page.getByRole('main').getByText('Another program holds log.db locked');
  await ask(app, 'while it is held');
  await expect(held).toBeVisible();
  log.exec('ROLLBACK');
  log.close();
  await expect(held).toBeHidden();
  await page.reload();
  await expect(rows.filter({ hasText: '200' })).toHaveCount(2);
});
