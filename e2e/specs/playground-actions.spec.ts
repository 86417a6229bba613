/** What menus and panels of the playground offer beside a talk: each is done once. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import * as z from 'zod/mini';
import { chunk, DONE } from '../../gateway/testing/openai-wire.ts';
import type { SwitchyardApp } from '../fixtures/app.ts';
import { serveOwnModels } from '../fixtures/own-models.ts';
import { expect, test } from '../fixtures/test.ts';

const upstream = serveOwnModels('sk-e2e-acts-0000004321');

const sentSchema = z.looseObject({ model: z.string() });
const sent = (): z.infer<typeof sentSchema> =>
  sentSchema.parse(JSON.parse(upstream().requests.at(-1)?.body.toString() ?? '{"model":""}'));
function answerWith(text: string): void {
  upstream().script((request) => request.sse([chunk({ content: text }), chunk({}, 'stop'), DONE]));
}
const composer = (page: Page): Locator =>
  page.getByRole('textbox', { name: /^Message (the model|both models)/ });
const answers = (within: Page | Locator): Locator => within.locator('[data-answer]');
const column = (page: Page, place: number): Locator => page.getByRole('region', { name: `Column ${place}:` });

async function open(app: SwitchyardApp, query: string): Promise<void> {
  await app.open(`/playground?${query}`);
  await expect(app.page.getByRole('button', { name: /^Model: mine\/m/ }).first()).toBeVisible();
}
async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}
async function choose(page: Page, menu: string | RegExp, item: string): Promise<void> {
  await page.getByRole('button', { name: menu }).first().click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('an answer is copied, looked at raw, taken along as a command; a message is deleted and brought back', async ({
  app,
  page,
}) => {
  answerWith('An answer.');
  await open(app, 'models=mine/m');
  await say(page, 'A question');
  await expect(answers(page)).toContainText('An answer.');
  await page.getByRole('button', { name: 'Copy answer' }).click();
  await expect.poll(() => app.clipboard()).toBe('An answer.');
  await page.getByRole('button', { name: 'Copy message' }).click();
  await expect.poll(() => app.clipboard()).toBe('A question');
  await choose(page, 'More for this answer', 'Copy as curl');
  await expect.poll(() => app.clipboard()).toContain(`${app.gatewayAddress}/v1/chat/completions`);

  await page.getByRole('button', { name: 'Raw request and response' }).click();
  const raw = page.getByRole('dialog', { name: 'Raw request and response' });
  await expect(raw).toContainText('A question');
  await raw.getByRole('tab', { name: 'Response' }).click();
  await expect(raw).toContainText('chat.completion.chunk');
  await raw.getByRole('button', { name: 'Close' }).last().click();

  await page.getByRole('button', { name: 'Delete message' }).click();
  await expect(page.getByText('Ask a model')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(answers(page)).toContainText('An answer.');

  await page.getByRole('button', { name: 'Key that sends' }).click();
  await page.getByRole('menuitem', { name: /^(Ctrl|⌘).*Enter.* sends/ }).click();
  await composer(page).fill('More');
  await composer(page).press('Control+Enter');
  await expect(answers(page)).toHaveCount(2);
  // It is drawn before it is sent.
  await expect
    .poll(() => sent()['messages'])
    .toMatchObject([{ content: 'A question' }, { role: 'assistant' }, { content: 'More' }]);
});

test('a chat of the list is doubled and saved in both formats; its title is changed in its place', async ({
  app,
  page,
}) => {
  answerWith('ok');
  await open(app, 'models=mine/m');
  await say(page, 'About trains');
  await expect(answers(page)).toContainText('ok');
  const row = page.getByRole('link', { name: 'About trains', exact: true });
  await expect(row.or(page.getByRole('link', { name: /^About trains/ })).first()).toBeVisible();
  await choose(page, 'More for About trains', 'Duplicate');
  await expect(page.getByRole('link', { name: /^About trains \(copy\)/ })).toBeVisible();
  for (const [kind, text] of [
    ['JSON', '"About trains'],
    ['Markdown', '# About trains'],
  ] as const) {
    const { path } = await app.download(() => choose(page, /^More for About trains/, `Export as ${kind}`));
    expect(await readFile(path, 'utf8')).toContain(text);
  }
});

test('columns change places, share parameters, and one answer is stopped', async ({ app, page }) => {
  upstream().script((request) => {
    request.head(200, { 'content-type': 'text/event-stream' });
    request.write(chunk({ content: 'The first half' }));
  });
  await open(app, 'models=mine/m&models=mine/n');
  await expect(column(page, 2)).toBeVisible();
  await choose(page, 'More for mine/n', 'Move left');
  await expect(column(page, 1).getByRole('button', { name: 'Model: mine/n' })).toBeVisible();
  await choose(page, 'More for mine/n', 'Move right');
  await expect(column(page, 1).getByRole('button', { name: 'Model: mine/m' })).toBeVisible();

  const panel = page.getByRole('group', { name: 'Parameters' });
  await panel.getByTitle('mine/m').click();
  await page.getByRole('textbox', { name: 'Temperature' }).fill('0.4');
  await choose(page, 'More for mine/m', 'Copy parameters to the other models');
  await expect(page.getByText('Parameters copied to the other models')).toBeVisible();
  await page.getByRole('textbox', { name: 'Seed' }).fill('7');
  await page.getByRole('button', { name: 'Do not send Seed' }).click();
  await page.getByRole('textbox', { name: 'Stop at' }).fill('END');
  await say(page, 'Tell me');
  await expect(answers(column(page, 1))).toContainText('The first half');
  await expect(answers(column(page, 2))).toContainText('The first half');
  const bodies = upstream()
    .requests.slice(-2)
    .map(({ body }) => sentSchema.parse(JSON.parse(body.toString())));
  for (const body of bodies) {
    expect(body).toMatchObject({ temperature: 0.4 });
    expect(body).not.toHaveProperty('seed');
  }
  expect(bodies.find(({ model }) => model === 'm')).toMatchObject({ stop: ['END'] });
  await column(page, 1).getByRole('button', { name: 'Stop this answer' }).click();
  await expect(answers(column(page, 1))).toContainText('Stopped');
  await expect(answers(column(page, 2))).not.toContainText('Stopped');
  await page.getByRole('button', { name: 'Stop all' }).click();
  await expect(answers(column(page, 2))).toContainText('Stopped');
});

test('two tools are offered, one is taken out; a call is failed, and its result mended', async ({
  app,
  page,
}) => {
  const call = { index: 0, id: 'call_1', function: { name: 'get_time', arguments: '{"zone":"UTC"}' } };
  upstream().script((request) => request.sse([chunk({ tool_calls: [call] }), chunk({}, 'tool_calls'), DONE]));
  await open(app, 'models=mine/m');
  await page.getByRole('button', { name: 'Change tools' }).click();
  const dialog = page.getByRole('dialog', { name: 'Tools' });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('get_time');
  await dialog.getByRole('textbox', { name: 'Description' }).fill('The time of a zone');
  await dialog.getByRole('textbox', { name: 'Arguments as JSON Schema' }).fill('{"type":"object"}');
  await dialog.getByRole('button', { name: 'Lay out' }).first().click();
  await expect(dialog.getByRole('textbox', { name: 'Arguments as JSON Schema' })).toHaveValue(/\n/);
  await dialog.getByRole('button', { name: 'Add tool' }).click();
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('other');
  await dialog.getByRole('button', { name: 'get_time' }).click();
  await dialog.getByRole('button', { name: 'other' }).click();
  await dialog.getByRole('button', { name: 'Remove other' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByLabel('Tool choice').selectOption('Some tool');
  await page.getByRole('button', { name: 'Change answer format' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'JSON', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();

  await say(page, 'What time is it?');
  const card = page.getByRole('region', { name: 'Call 1 of get_time' });
  await expect(card).toContainText('Needs a result');
  expect(sent()).toMatchObject({
    tools: [{ function: { name: 'get_time', description: 'The time of a zone' } }],
    tool_choice: 'required',
    response_format: { type: 'json_object' },
  });
  answerWith('"unknown"');
  await card.getByRole('textbox').fill('no clock');
  await card.getByRole('button', { name: 'Fail the call' }).click();
  await expect(answers(page).last()).toContainText('unknown');
  await expect(card).toContainText('Failed');
});

test('an answer that was stopped is continued; on a phone chats and parameters are dialogs', async ({
  app,
  page,
}) => {
  upstream().script((request) => {
    request.head(200, { 'content-type': 'text/event-stream' });
    request.write(chunk({ content: 'The first half' }));
  });
  await open(app, 'models=mine/m');
  await say(page, 'Tell me');
  await expect(answers(page)).toContainText('The first half');
  await page.keyboard.press('Control+.');
  await expect(answers(page)).toContainText('Stopped');
  answerWith(' and the second.');
  await choose(page, 'More for this answer', 'Continue');
  await expect(answers(page).last()).toContainText('and the second.');

  await page.setViewportSize({ width: 375, height: 700 });
  await page.getByRole('button', { name: 'Chats' }).click();
  await expect(
    page.getByRole('dialog', { name: 'Chats' }).getByRole('link', { name: /^Tell me/ }),
  ).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Parameters' }).click();
  await expect(page.getByRole('dialog', { name: 'Parameters' }).getByLabel('System prompt')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Add model' }).click();
  await expect(page.getByRole('group', { name: 'Shown model' }).getByRole('button')).toHaveCount(2);
  await page.getByRole('button', { name: 'New chat' }).first().click();
  await expect(page.getByText('Ask a model').first()).toBeVisible();
});

test('a preset is applied to all columns and saved alone; a long paste is put into the message', async ({
  app,
  page,
}) => {
  await open(app, 'models=mine/m&models=mine/n');
  await page.getByRole('textbox', { name: 'System prompt' }).fill('You are an analyst.');
  await choose(page, /^Preset: /, 'Save as preset');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Analyst');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Preset: Analyst' })).toBeVisible();
  await choose(page, /^Preset: /, 'Manage presets');
  const dialog = page.getByRole('dialog', { name: 'Presets' });
  const { name } = await app.download(() => dialog.getByRole('button', { name: 'Export Analyst' }).click());
  expect(name).toMatch(/\.json$/);
  await dialog.getByRole('button', { name: 'Apply to all columns' }).click();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.getByRole('group', { name: 'Parameters' }).getByTitle('mine/n').click();
  await expect(page.getByRole('textbox', { name: 'System prompt' })).toHaveValue('You are an analyst.');

  await composer(page).focus();
  await page.evaluate(
    `(() => { const data = new DataTransfer(); data.setData('text/plain', 'long '.repeat(4_000));
       document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); })()`,
  );
  await page.getByRole('button', { name: 'Put it into the message' }).click();
  await expect(composer(page)).toHaveValue(/^long long/);
  await page
    .locator('form input[type=file]')
    .first()
    .setInputFiles([{ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('words') }]);
  await page.getByRole('button', { name: 'Remove a.txt' }).click();
  await expect(page.getByRole('button', { name: 'Show a.txt' })).toBeHidden();
});
