/** The main paths with the keyboard alone: nothing is clicked, and nothing gets the focus but by keys. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startFakeUpstream } from '../../gateway/testing/fake-upstream.ts';
import { chunk, DONE } from '../../gateway/testing/openai-wire.ts';
import { expect, test } from '../fixtures/test.ts';
import { tabTo } from '../fixtures/tab-to.ts';

const KEY = 'sk-e2e-keyboard-000000001234';

test('a provider and its keys are added and checked, a model is asked, its request opened and sent again', async ({
  page,
}) => {
  test.slow();
  const upstream = await startFakeUpstream({ scriptLists: true });
  upstream.script((request) => {
    // A list that anybody may read would prove no key.
    if (request.headers['authorization'] === undefined) {
      return request.json(401, { error: { message: 'Incorrect API key provided' } });
    }
    if (request.method === 'GET') return request.json(200, { data: [{ id: 'm' }] });
    request.sse([chunk({ content: 'By keys alone.' }), chunk({}, 'stop'), DONE]);
  });
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Control+5');
  await page.getByRole('heading', { name: 'Providers', level: 1 }).waitFor();
  await tabTo(page, 'Add provider');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await tabTo(page, /^Any other address/);
  await page.keyboard.press('Enter');
  await tabTo(page, 'Id');
  await page.keyboard.type('mine');
  await tabTo(page, 'Base URL');
  await page.keyboard.type(upstream.url);
  await tabTo(page, 'Key');
  await page.keyboard.type(KEY);
  await tabTo(page, 'Add provider');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'mine', level: 2 })).toBeVisible();
  await expect(dialog).toBeHidden();

  await tabTo(page, 'Add key');
  await page.keyboard.press('Enter');
  await dialog.waitFor();
  await tabTo(page, 'Key');
  await page.keyboard.type('sk-e2e-keyboard-000000005678');
  await tabTo(page, 'Add key');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row').filter({ hasText: '…5678' })).toBeVisible();
  await expect(dialog).toBeHidden();
  await tabTo(page, /^Check (keys|all)$/);
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 of 2 keys work')).toBeVisible();

  await page.keyboard.press('Control+3');
  await page.getByRole('textbox', { name: 'Message the model' }).waitFor();
  await tabTo(page, /^Model: /);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Search models' })).toBeFocused();
  await page.keyboard.type('mine/m');
  await expect(page.getByRole('option', { name: /mine\/m|^m\b/ }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Model: mine/m' })).toBeVisible();
  await tabTo(page, 'Message the model');
  await page.keyboard.type('hello');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-answer]').last()).toContainText('By keys alone.');

  await page.keyboard.press('Control+2');
  const rows = page.getByRole('row').filter({ hasText: 'mine/m' });
  await expect(rows).toHaveCount(1);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Request id')).toBeVisible();
  await tabTo(page, 'Replay');
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(2);
  await upstream.close();
});

test('an alias and a rule are made and applied, a tool is connected and taken back', async ({
  app,
  page,
}) => {
  test.slow();
  const config = (): Promise<string> => readFile(join(app.folder, 'config.yaml'), 'utf8');
  await mkdir(join(app.home, '.claude'), { recursive: true });
  const settings = join(app.home, '.claude', 'settings.json');
  await writeFile(settings, '{}\n');

  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Control+6');
  await expect(page.getByText('No aliases yet')).toBeVisible();
  await page.keyboard.press('n');
  await expect(page.getByRole('heading', { name: 'New alias' })).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.type('quick');
  await tabTo(page, 'Add a model or alias');
  await page.keyboard.type('demo/chat');
  await expect(page.getByRole('option', { name: 'demo/chat' }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Move demo/chat, 1 of 1' })).toBeVisible();
  await tabTo(page, 'Add rule');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Rule 1' })).toBeVisible();
  await tabTo(page, 'Choose a model or alias');
  await page.keyboard.type('quick');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Model asked for');
  await page.keyboard.type('gpt-*');
  await expect(page.getByText('2 changes not applied')).toBeVisible();
  await tabTo(page, 'Apply');
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 changes applied')).toBeVisible();
  await expect.poll(config).toContain('gpt-*');

  await page.keyboard.press('Control+7');
  await page.getByRole('link', { name: /Claude Code/ }).waitFor();
  await tabTo(page, /Claude Code/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Main model' })).toBeVisible();
  await tabTo(page, 'Main model');
  await page.keyboard.type('quick');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('figure', { name: 'Diff of settings.json' })).toContainText('"quick"');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => readFile(settings, 'utf8')).toContain(app.gatewayAddress);
  await expect(page.getByText('Waiting for the first request since it was written')).toBeVisible();
  await tabTo(page, 'Remove');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'What removing changes' })).toBeFocused();
  await expect(page.getByRole('figure', { name: 'Diff of settings.json' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Remove', exact: true }).last()).toBeEnabled();
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => readFile(settings, 'utf8')).toBe('{}\n');
});
