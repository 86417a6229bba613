/** What of the playground is left with Escape, and what it says of models, answers and chats that are not as they should be. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { startFakeUpstream, type FakeUpstream } from '../../gateway/testing/fake-upstream.ts';
import { chunk, DONE } from '../../gateway/testing/openai-wire.ts';
import { giveUp } from '../fixtures/given-up.ts';
import { answers, column, openPlayground, say } from '../fixtures/playground.ts';
import { expect, test } from '../fixtures/test.ts';

test.describe('a provider with a key that rests, and one without any', () => {
  let upstream: FakeUpstream;
  test.beforeAll(async () => {
    upstream = await startFakeUpstream();
  });
  test.afterAll(() => upstream.close());
  test.use({
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are wanted.
    start: async ({}, use) => {
      const place = `dialect: openai-chat, base_url: "${upstream.url}", allow_private_network: true`;
      const keys = `[{ id: k1, value: sk-e2e-left-0000001111 }, { id: k2, value: sk-e2e-left-0000002222 }]`;
      await use({
        demo: false,
        config: `providers:
  - { id: mine, ${place}, models: [m, n], keys: ${keys} }
  - { id: openai, models: [gpt-5] }
models: [{ id: quick, targets: [{ model: mine/m }] }]
corrections: [{ model: mine/n, capabilities: [] }]
`,
      });
    },
  });

  test('dialogs are left without a trace; models, answers and a damaged chat are told as they are', async ({
    app,
    page,
    expectedErrors,
  }) => {
    // Chromium reports it itself, of a request that is not there.
    expectedErrors.push(/status of 404/);
    await mkdir(join(app.folder, 'conversations'), { recursive: true });
    await writeFile(join(app.folder, 'conversations', 'conversation-1.json'), '{');
    // Which key is the first nobody knows.
    let asked = 0;
    upstream.script((request) => {
      asked += 1;
      if (asked === 1) request.json(429, { error: { message: 'Slow down.' } }, { 'retry-after': '600' });
      else request.sse([chunk({ refusal: 'Not that one.' }), chunk({}, 'stop'), DONE]);
    });
    await app.open('/playground?request=req_unknown');
    await expect(page.getByRole('main')).toContainText('req_unknown');
    await expect(page.getByText('One chat could not be read and was set aside:')).toBeVisible();
    await openPlayground(app, 'models=mine/m');
    await page.getByRole('button', { name: /^Model: / }).click();
    const option = (name: string): Locator => page.getByRole('option').filter({ hasText: name });
    await expect(option('quick')).toContainText('Alias');
    await expect(option('openai/gpt-5')).toContainText('Not usable now');
    await page.keyboard.press('Escape');

    const dialog = page.getByRole('dialog');
    const tools = page.getByRole('button', { name: 'Change tools' });
    const name = dialog.getByRole('textbox', { name: 'Name', exact: true });
    await tools.click();
    await name.fill('given_up');
    await giveUp(tools, 'Escape');
    await expect(page.getByText('No tool is offered.')).toBeVisible();
    const format = page.getByRole('button', { name: 'Change answer format' });
    await format.click();
    await dialog.getByRole('button', { name: 'JSON', exact: true }).click();
    await giveUp(format, 'Escape');
    await expect(page.getByRole('region', { name: 'Answer format' })).toContainText('Text');
    const preset = page.getByRole('button', { name: /^Preset: / });
    await preset.press('Enter');
    await page.getByRole('menuitem', { name: 'Save as preset' }).press('Enter');
    await name.fill('Given up');
    await giveUp(preset, 'Escape');
    await preset.press('Enter');
    await page.getByRole('menuitem', { name: 'Save as preset' }).press('Enter');
    await name.fill('Kept');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Preset: Kept' })).toBeVisible();
    await preset.press('Enter');
    await page.getByRole('menuitem', { name: 'Manage presets' }).press('Enter');
    await expect(dialog.getByRole('listitem')).toHaveCount(1);
    await giveUp(preset, 'Escape');

    await say(page, 'About trains');
    await expect(answers(page)).toContainText('mine answered after 2 attempts.');
    await expect(answers(page)).toContainText('The model declined: Not that one.');
    const more = page.getByRole('button', { name: 'More for this answer' });
    await more.press('Enter');
    await page.getByRole('menuitem', { name: 'Answer with another model' }).press('Enter');
    await giveUp(more, 'Escape');
    const chat = page.getByRole('link', { name: /^About trains/ });
    await chat.focus();
    await page.keyboard.press('F2');
    const title = page.getByRole('textbox', { name: 'Title' });
    await title.fill('Given up');
    await title.press('Escape');
    await expect(title).toBeHidden();
    await expect(chat).toBeFocused();

    await page.getByRole('button', { name: 'Add model' }).click();
    await column(page, 2)
      .getByRole('button', { name: /^Model: / })
      .click();
    await page.getByRole('combobox', { name: 'Search models' }).fill('mine/n');
    await page.keyboard.press('Enter');
    await expect(column(page, 2).getByRole('button', { name: 'Model: mine/n' })).toBeVisible();
    await page.getByRole('textbox', { name: 'Temperature' }).fill('0.4');
    await page.getByRole('button', { name: 'Copy parameters to the other models' }).click();
    await page.getByTitle('mine/m').first().click();
    await expect(page.getByRole('textbox', { name: 'Temperature' })).toHaveValue('0.4');
    await tools.click();
    await name.fill('get_time');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await format.click();
    await dialog.getByRole('button', { name: 'JSON Schema' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
    await page.getByTitle('mine/n').first().click();
    await expect(page.getByText('This model is not known to take tools.')).toBeVisible();
    await expect(page.getByText('This model is not known to hold to a schema.')).toBeVisible();

    await answers(page).first().getByRole('link', { name: 'See attempts' }).click();
    await expect(page).toHaveURL(/requests\/req_/);
  });
});

test.describe('before there is a provider', () => {
  test.use({ start: { demo: false } });

  test('an empty chat and the search of models lead to the providers', async ({ app, page }) => {
    await app.open('/playground');
    await page.getByRole('main').getByRole('link', { name: 'Add a provider' }).click();
    await expect(page).toHaveURL(/#\/providers/);
    await page.goBack();
    await page.getByRole('button', { name: /^Model: / }).click();
    const search = page.getByRole('dialog');
    await expect(search).toContainText('No provider offers a model yet.');
    await search.getByRole('link', { name: 'Add a provider' }).click();
    await expect(page).toHaveURL(/#\/providers/);
    await expect(search).toBeHidden();
  });
});
