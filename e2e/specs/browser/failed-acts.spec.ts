/** What a page offers and could not do: each part says so where it was asked, keeps what it has, and does it when tried again. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Locator, Page } from '@playwright/test';
import { ask } from '../../fixtures/chat.ts';
import { expect, REASON, test } from '../../fixtures/failing-calls.ts';

const again = (within: Page | Locator): Locator => within.getByRole('button', { name: 'Try again' });

test('a tool whose change cannot be worked out, written or tried', async ({ app, page, calls }) => {
  const file = join(app.home, '.claude', 'settings.json');
  await mkdir(join(app.home, '.claude'));
  await writeFile(file, '{}\n');
  calls.refuse('connect.plan');
  await app.open('/connect/claude-code');
  const main = page.getByRole('main');
  await expect(main.getByText('The change could not be worked out.')).toBeVisible();
  await expect(main).toContainText(REASON);
  await calls.pressToMend(again(main));
  const diff = page.getByRole('figure', { name: 'Diff of settings.json' });
  await expect(diff).toBeVisible();
  await expect(main).not.toContainText(REASON);

  calls.refuse('connect.apply');
  const write = page.getByRole('button', { name: 'Write change' });
  await write.click();
  await expect(main.getByRole('alert')).toContainText('Nothing was written.');
  await expect(diff).toBeVisible();
  expect(await readFile(file, 'utf8')).toBe('{}\n');
  await calls.pressToMend(write);
  await expect(page.getByText('Nothing to write: connected as it is.')).toBeVisible();
  await expect(main.getByRole('alert')).toHaveCount(0);

  calls.refuse('connect.test');
  const send = page.getByRole('button', { name: 'Send a test' });
  await send.click();
  await expect(main.getByRole('alert')).toContainText(REASON);
  await calls.pressToMend(send);
  await expect(main.getByText(/^Answered in/)).toBeVisible();
  await expect(main.getByRole('alert')).toHaveCount(0);

  calls.cut('connect.list');
  await page.getByRole('button', { name: 'Look again' }).click();
  await expect(main.getByText('The tools could not be read')).toBeVisible();
  await expect(diff.or(main.getByText('Nothing to write: connected as it is.'))).toBeVisible();
  await calls.pressToMend(again(main));
  await expect(main.getByText('The tools could not be read')).toBeHidden();
});

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
    await calls.pressToMend(again(detail));
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
  await calls.pressToMend(again(main));
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
  calls.mend();
  await choose('Export what is shown');
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
  await calls.pressToMend(again(main));
  await expect(main.getByText('The requests could not be read.')).toBeHidden();

  await page.getByRole('combobox', { name: 'Filter requests' }).fill('model:demo/chat');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/model:demo/);
  await expect(rows).toHaveCount(2);
  calls.hold('requests.delete');
  await choose(/^Delete/);
  await dialog.getByRole('button', { name: 'Delete requests' }).click();
  await dialog.getByRole('button', { name: 'Cancel' }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect(more).toBeFocused();
  calls.mend();
  // What would still be deleted was gone before a later request has its end.
  await ask(app, 'three');
  await expect(rows.filter({ hasText: '200' })).toHaveCount(3);
  await expect(page.getByText(/requests? deleted/)).toHaveCount(0);
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

test.describe('what is kept of routing', () => {
  test.use({
    start: {
      config: `models: [{ id: fast, targets: [{ model: demo/chat }, { model: demo/chat-large }] }]
clients: [{ id: laptop, key: laptop-key-0123456, optional: true }]
rules: [{ name: narrow, when: { model: gpt-5 }, then: { model: demo/chat } }]
`,
    },
  });

  test('a dry run, a trial, a score, an order and limits', async ({ app, page, calls }) => {
    await ask(app, 'hello');
    await app.open('/routing?explain=1');
    const main = page.getByRole('main');
    const pane = page.getByRole('region', { name: 'Explain a request' });
    calls.refuse('requests.list');
    await pane.getByRole('button', { name: 'From the log' }).click();
    await expect(page.getByRole('menuitem', { name: REASON })).toBeDisabled();
    await page.keyboard.press('Escape');
    calls.refuse('routing.explain');
    await pane.getByRole('combobox', { name: 'Model' }).fill('fast');
    const explain = pane.getByRole('button', { name: 'Explain', exact: true });
    await explain.click();
    await expect(pane).toContainText(REASON);
    await calls.pressToMend(explain);
    await expect(pane).toContainText('Goes to demo, chat');
    await page.getByRole('button', { name: /^Edit rule 1/ }).click();
    const trial = page.getByRole('region', { name: 'Test this request' });
    calls.refuse('routing.explain');
    await trial.getByRole('combobox', { name: 'Model' }).fill('gpt-5');
    await expect(trial.getByRole('alert')).toContainText(REASON);
    calls.mend();
    await trial.getByRole('combobox', { name: 'Model' }).fill('gpt-5 ');
    await expect(trial).toContainText('Goes to demo, chat');

    await page.getByRole('table', { name: 'Aliases' }).getByRole('button', { name: 'fast' }).click();
    await page.getByLabel('Strategy').selectOption('weighted');
    calls.refuse('aliases.put');
    const apply = page.getByRole('button', { name: 'Apply', exact: true });
    await apply.click();
    await expect(main).toContainText(`Not everything was applied. ${REASON}`);
    await expect(page.getByText('1 change not applied')).toBeVisible();
    await calls.pressToMend(apply);
    await expect(page.getByText('1 change applied')).toBeVisible();
    await expect(main).not.toContainText(REASON);

    await app.open('/routing?tab=complexity');
    calls.refuse('complexity.score');
    const prompt = page.getByLabel('Prompt, or a whole request as JSON');
    await prompt.fill('Prove it.');
    await expect(main.getByRole('alert')).toContainText(REASON);
    calls.mend();
    await prompt.fill('Prove it step by step.');
    await expect(page.getByRole('region', { name: 'Try a prompt' })).toContainText(/Score 0\.\d\d/);

    await app.open('/routing?tab=budgets');
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Add budget' }).click();
    await dialog.getByLabel('Amount, US dollars').fill('5');
    calls.refuse('budgets.put');
    await dialog.getByRole('button', { name: 'Add budget' }).click();
    await expect(dialog.getByRole('alert')).toContainText(REASON);
    await expect(dialog.getByLabel('Amount, US dollars')).toHaveValue('5');
    await calls.pressToMend(dialog.getByRole('button', { name: 'Add budget' }));
    await expect(dialog).toBeHidden();
    await page.getByRole('button', { name: 'Actions of laptop' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await dialog.getByLabel('Requests a minute').fill('30');
    calls.refuse('clients.update');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByRole('alert')).toContainText(REASON);
    await expect(dialog.getByLabel('Requests a minute')).toHaveValue('30');
    await calls.pressToMend(dialog.getByRole('button', { name: 'Save' }));
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('textbox', { name: 'Requests a minute of laptop' })).toHaveValue('30');
  });
});

test('a chat that cannot be opened, models that cannot be listed, a body and a file that cannot be read', async ({
  app,
  page,
  calls,
}) => {
  calls.refuse('models.list');
  await app.open('/playground?models=demo/chat');
  const model = page.getByRole('button', { name: /^Model: / });
  const search = page.getByRole('combobox', { name: 'Search models' });
  await model.click();
  const popup = page.getByRole('dialog');
  await expect(popup).toContainText(REASON);
  await calls.pressToMend(again(popup));
  await expect(page.getByRole('option', { name: 'demo/chat' }).first()).toBeVisible();
  await search.press('Escape');

  await page
    .locator('form input[type=file]')
    .setInputFiles([{ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('words of a') }]);
  const file = page.getByRole('button', { name: 'Show a.txt' });
  calls.refuse('chatFiles.get');
  await file.click();
  await expect(popup).toContainText(REASON);
  await page.keyboard.press('Escape');
  await expect(file).toBeFocused();
  calls.mend();
  await page.keyboard.press('Enter');
  await expect(popup).toContainText('words of a');
  await page.keyboard.press('Escape');

  const composer = page.getByRole('textbox', { name: 'Message the model' });
  await composer.fill('About trains');
  await composer.press('Enter');
  const answer = page.locator('[data-answer]').last();
  await expect(answer).toContainText('demo');
  const raw = page.getByRole('button', { name: 'Raw request and response' });
  await expect(raw).toBeVisible();
  calls.refuse('requests.body');
  await raw.press('Enter');
  await expect(popup).toContainText(REASON);
  await calls.pressToMend(again(popup));
  await expect(popup).toContainText('About trains');
  await page.keyboard.press('Escape');
  await expect(popup).toBeHidden();
  await expect(raw).toBeFocused();

  await page.getByRole('button', { name: /^New chat/ }).click();
  calls.refuse('conversations.get');
  await page.reload();
  await page.getByRole('link', { name: 'About trains' }).click();
  const talk = page.getByRole('region', { name: 'Conversation' }).or(page.getByRole('main'));
  await expect(talk.first()).toContainText(REASON);
  await talk.first().getByRole('button', { name: 'New chat' }).last().click();
  await expect(page.getByText('Ask a model')).toBeVisible();
  calls.mend();
  await page.getByRole('link', { name: 'About trains' }).click();
  await expect(answer).toContainText('demo');
});
