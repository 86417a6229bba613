/** What a tool or a chat could not do: each says so where it was asked, keeps what it has, and does it when tried again. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, REASON, test, tryAgain } from '../../fixtures/failing-calls.ts';

test('a tool whose change cannot be worked out, written or tried', async ({ app, page, calls }) => {
  const file = join(app.home, '.claude', 'settings.json');
  await mkdir(join(app.home, '.claude'));
  await writeFile(file, '{}\n');
  calls.refuse('connect.plan');
  await app.open('/connect/claude-code');
  const main = page.getByRole('main');
  await expect(main.getByText('The change could not be worked out.')).toBeVisible();
  await expect(main).toContainText(REASON);
  await calls.pressToMend(tryAgain(main));
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
  await calls.pressToMend(tryAgain(main));
  await expect(main.getByText('The tools could not be read')).toBeHidden();
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
  await calls.pressToMend(tryAgain(popup));
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
  await calls.pressToMend(tryAgain(popup));
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

test('an answer stands as its words where what draws it does not come, and nothing needs a memory that is full', async ({
  app,
  page,
  expectedErrors,
}) => {
  // Chromium reports what did not come.
  expectedErrors.push(/net::ERR_CONNECTION_REFUSED/);
  await page.addInitScript('Storage.prototype.setItem = () => { throw new Error("full"); }');
  await page.route(/\/assets\/MarkdownText-.*\.js$/, (route) => route.abort('connectionrefused'));
  await app.open('/');
  await page.reload();
  await app.open('/playground?models=demo/chat');
  const panel = page.getByRole('button', { name: 'Parameters' });
  await expect(panel).toHaveAttribute('aria-pressed', 'true');
  await panel.click();
  await expect(panel).toHaveAttribute('aria-pressed', 'false');
  const composer = page.getByRole('textbox', { name: 'Message the model' });
  await composer.fill('hello');
  await composer.press('Enter');
  const answer = page.locator('[data-answer]').last();
  await expect(answer).toHaveAttribute('aria-busy', 'false');
  await expect(answer.locator('p').first()).toContainText('demo');
  await expect(answer.locator('.markdown')).toHaveCount(0);
});
