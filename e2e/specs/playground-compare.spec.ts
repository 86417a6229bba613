/** Models side by side, versions of what was said, files, tools, answer formats, presets, and chats as files. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { chunk, DONE } from '../../gateway/testing/openai-wire.ts';
import { violations } from '../fixtures/axe.ts';
import type { SwitchyardApp } from '../fixtures/app.ts';
import { keptChats } from '../fixtures/kept-chats.ts';
import { serveOwnModels } from '../fixtures/own-models.ts';
import { expect, test } from '../fixtures/test.ts';

/** A green square. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC';

const upstream = serveOwnModels('sk-e2e-compare-0000004321');

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
function bodyOf(body: Buffer): Json {
  const value: unknown = JSON.parse(body.toString());
  if (!isObject(value)) throw new Error('a body is an object');
  return value;
}
/** Each model says which it is, and how often it was asked. */
function answerByModel(): void {
  let asked = 0;
  upstream().script((request) => {
    asked += 1;
    const { model } = bodyOf(request.body);
    request.sse([chunk({ content: `${String(model)} says ${asked}` }), chunk({}, 'stop'), DONE]);
  });
}
const sent = (): Json => bodyOf(upstream().requests.at(-1)?.body ?? Buffer.from('{}'));
const composer = (page: Page): Locator =>
  page.getByRole('textbox', { name: /^Message (the model|both models)/ });
const column = (page: Page, place: number): Locator => page.getByRole('region', { name: `Column ${place}:` });
const answers = (within: Page | Locator): Locator => within.locator('[data-answer]');

async function open(app: SwitchyardApp, query = '?models=mine/m'): Promise<void> {
  await app.open(`/playground${query}`);
  await expect(app.page.getByRole('button', { name: /^Model: mine\/m/ }).first()).toBeVisible();
}
/** Chooses from the list of models by keyboard. */
async function takeModel(page: Page, id: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Search models' }).fill(id);
  await expect(page.getByRole('listbox').getByRole('option').first()).toContainText(id);
  await page.keyboard.press('Enter');
}
async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

test('two models get the same input, each answers in its column, and one can be taken away and back', async ({
  app,
  page,
}) => {
  answerByModel();
  await open(app);
  await page.keyboard.press('Control+t');
  await expect(column(page, 2)).toBeVisible();
  await page
    .getByRole('button', { name: /^Model:/ })
    .last()
    .click();
  await takeModel(page, 'mine/n');
  await expect(page.getByRole('button', { name: 'Model: mine/n' })).toBeVisible();
  await say(page, 'Who are you?');
  await expect(answers(column(page, 1))).toContainText('m says');
  await expect(answers(column(page, 2))).toContainText('n says');
  expect(
    upstream()
      .requests.slice(-2)
      .map(({ body }) => bodyOf(body)['messages']),
  ).toEqual([[{ role: 'user', content: 'Who are you?' }], [{ role: 'user', content: 'Who are you?' }]]);
  expect(await violations(page, 'two columns')).toEqual([]);

  await page.getByRole('button', { name: 'Separate' }).click();
  const own = page.getByRole('textbox', { name: 'Message mine/n' });
  await own.fill('Only you');
  await own.press('Enter');
  await expect(answers(column(page, 2)).last()).toContainText('n says 3');
  await expect(answers(column(page, 1))).toHaveCount(1);

  await page.getByRole('button', { name: 'More for mine/n' }).click();
  await page.getByRole('menuitem', { name: 'Remove this model' }).click();
  await expect(column(page, 2)).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(answers(column(page, 2)).last()).toContainText('n says 3');
});

test('what was said has versions, with the arrows and by keyboard, and they outlive a restart', async ({
  app,
  page,
}) => {
  answerByModel();
  await open(app);
  await say(page, 'First');
  await expect(answers(page)).toContainText('m says 1');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('textbox', { name: 'Edit message' }).fill('Second');
  await page.getByRole('textbox', { name: 'Edit message' }).press('Control+Enter');
  await expect(answers(page)).toContainText('m says 2');
  await expect(page.getByRole('group', { name: 'Version 2 of 2' })).toBeVisible();
  await page.getByRole('button', { name: 'Previous version' }).focus();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(answers(page)).toContainText('m says 1');
  await page.getByRole('button', { name: 'More for this answer' }).click();
  await page.getByRole('menuitem', { name: 'Answer with another model' }).click();
  await takeModel(page, 'mine/n');
  await expect(answers(page)).toContainText('n says 3');
  await expect.poll(() => keptChats(app)).toContain('n says 3');

  await app.restart();
  await app.page.getByRole('link', { name: 'Playground' }).first().click();
  await app.page.getByRole('link', { name: 'Second' }).click();
  await expect(answers(app.page)).toContainText('n says 3');
  await app.page.getByRole('button', { name: 'More for this answer' }).click();
  await app.page.getByRole('menuitem', { name: 'Delete answer' }).click();
  await expect(answers(app.page)).toContainText('m says 1');
  await app.page.getByRole('button', { name: 'Undo' }).click();
  await expect(answers(app.page)).toContainText('n says 3');
});

test('a picture and a text go along, what is neither is told of', async ({ app, page }) => {
  answerByModel();
  await open(app);
  await page.locator('form input[type=file]').setInputFiles([
    { name: 'square.png', mimeType: 'image/png', buffer: Buffer.from(PNG, 'base64') },
    { name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') },
    { name: 'program.bin', mimeType: 'image/png', buffer: Buffer.from([127, 69, 76, 70, 0, 1]) },
  ]);
  await expect(page.getByText('program.bin is neither an image, a PDF nor a text.')).toBeVisible();
  await expect(page.locator('form img')).toHaveAttribute('src', /^blob:/);
  await page.getByRole('button', { name: 'Show orders.csv' }).click();
  await expect(page.getByRole('dialog')).toContainText('1,2');
  await page.keyboard.press('Escape');
  await say(page, 'Look');
  await expect(answers(page)).toContainText('m says');
  expect(JSON.stringify(sent()['messages'])).toContain(PNG);
  expect(JSON.stringify(sent()['messages'])).toContain('a,b\\n1,2');
  await expect(page.getByRole('list', { name: 'Attached files' })).toContainText('square.png');
});

test('a call of a tool gets the result a person writes, and the model goes on', async ({ app, page }) => {
  upstream().script((request) => {
    const messages = bodyOf(request.body)['messages'];
    const given = Array.isArray(messages) && messages.some((one) => isObject(one) && one['role'] === 'tool');
    const call = {
      index: 0,
      id: 'call_1',
      function: { name: 'get_weather', arguments: '{"city":"Berlin"}' },
    };
    request.sse(
      given
        ? [chunk({ content: 'Four degrees.' }), chunk({}, 'stop'), DONE]
        : [chunk({ tool_calls: [call] }), chunk({}, 'tool_calls'), DONE],
    );
  });
  await open(app);
  await page.getByRole('button', { name: 'No tools' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('not a name');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('get_weather');
  await page.getByRole('textbox', { name: 'Canned result' }).fill('{"degrees":3}');
  await page.getByRole('button', { name: 'Save' }).click();
  await say(page, 'How warm is it?');
  const card = page.getByRole('region', { name: 'Call 1 of get_weather' });
  await expect(card).toContainText('Needs a result');
  await expect(card).toContainText('"city": "Berlin"');
  expect(await violations(page, 'a call')).toEqual([]);
  await card.getByRole('button', { name: 'Use canned' }).click();
  await expect(card.getByRole('textbox')).toHaveValue('{"degrees":3}');
  await card.getByRole('textbox').fill('{"degrees":4}');
  await card.getByRole('textbox').press('Control+Enter');
  await expect(answers(page).last()).toContainText('Four degrees.');
  await expect(card).toContainText('Result given');
  expect(sent()['messages']).toMatchObject([
    { role: 'user' },
    { role: 'assistant', tool_calls: [{ id: 'call_1', function: { name: 'get_weather' } }] },
    { role: 'tool', tool_call_id: 'call_1', content: '{"degrees":4}' },
  ]);
});

test('an answer is held against its schema, place by place', async ({ app, page }) => {
  let words = '{"title":"a","score":1}';
  upstream().script((request) => request.sse([chunk({ content: words }), chunk({}, 'stop'), DONE]));
  await open(app);
  await page.getByRole('button', { name: 'Answer format: text' }).click();
  await page.getByRole('button', { name: 'JSON Schema' }).click();
  await page.getByRole('textbox', { name: 'JSON Schema' }).fill('{');
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
  await page
    .getByRole('textbox', { name: 'JSON Schema' })
    .fill(
      '{"type":"object","properties":{"title":{"type":"string"},"score":{"type":"number"}},"required":["title"]}',
    );
  await page.getByRole('button', { name: 'Save' }).click();
  await say(page, 'Rate it');
  await expect(page.getByText('Fits the schema')).toBeVisible();
  expect(sent()['response_format']).toMatchObject({ type: 'json_schema' });
  words = '{"title":"a","score":"high"}';
  await say(page, 'Again');
  await expect(answers(page).last().locator('[data-schema=misses]')).toContainText('/score');
  words = 'Sure!';
  await say(page, 'Once more');
  await expect(answers(page).last()).toContainText('The answer is no JSON.');
});

test('a preset brings its prompt and parameters back, and can be undone, renamed and deleted', async ({
  app,
  page,
}) => {
  await open(app);
  await page.getByRole('textbox', { name: 'System prompt' }).fill('You are an analyst.');
  await page.getByRole('textbox', { name: 'Temperature' }).fill('0.4');
  await page.getByRole('button', { name: 'Preset: No preset' }).click();
  await page.getByRole('menuitem', { name: 'Save as preset' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Analyst');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('button', { name: 'Preset: Analyst' })).toBeVisible();

  await app.restart();
  await open(app, '?models=mine/m,mine/n');
  const { page: later } = app;
  await later.getByRole('textbox', { name: 'System prompt' }).fill('Something else.');
  await later.getByRole('button', { name: 'Preset: No preset' }).click();
  await later.getByRole('menuitem', { name: 'Analyst' }).click();
  await expect(later.getByRole('textbox', { name: 'System prompt' })).toHaveValue('You are an analyst.');
  await expect(later.getByRole('textbox', { name: 'Temperature' })).toHaveValue('0.4');
  await later.getByRole('button', { name: 'Undo' }).click();
  await expect(later.getByRole('textbox', { name: 'System prompt' })).toHaveValue('Something else.');

  await later.getByRole('button', { name: 'Preset: No preset' }).click();
  await later.getByRole('menuitem', { name: 'Manage presets' }).click();
  await later.getByRole('textbox', { name: 'Name of Analyst' }).fill('Careful analyst');
  await later.getByRole('textbox', { name: 'Name of Analyst' }).press('Enter');
  await later.getByRole('button', { name: 'Delete Careful analyst' }).click();
  await expect(later.getByText('No preset is left.')).toBeVisible();
});

test('presets go out as a file and come back under free names; a broken file is refused with the place', async ({
  app,
  page,
  expectedErrors,
}) => {
  // The browser logs a refusal by itself.
  expectedErrors.push(/status of 400/);
  await open(app);
  await page.getByRole('textbox', { name: 'System prompt' }).fill('You are an analyst.');
  const menu = async (item: string): Promise<void> => {
    await page.getByRole('button', { name: /^Preset: / }).press('Enter');
    await page.getByRole('menuitem', { name: item }).press('Enter');
  };
  await menu('Save as preset');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Analyst');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Preset: Analyst' })).toBeVisible();
  const { name, path } = await app.download(() => menu('Export all presets'));
  expect(name).toBe('switchyard-presets.json');
  const file = await readFile(path, 'utf8');

  const take = async (content: string): Promise<void> => {
    await page
      .locator('input[type=file][aria-label^="Import presets"]')
      .setInputFiles([{ name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(content) }]);
  };
  await take(file);
  await expect(page.getByText('One was here already.')).toBeVisible();
  await take(file.replace('You are an analyst.', 'You are another.'));
  await expect(page.getByText('“Analyst” was taken; it is now “Analyst (2)”.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: /^Preset: / }).press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Analyst', exact: true })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Analyst (2)' })).toBeHidden();
  await page.keyboard.press('Escape');
  await take(file.replace('"auto"', '"any"'));
  await expect(page.getByText(/^Line \d+, column \d+ \(presets\[0\]\.toolChoice\): /)).toBeVisible();
});

test('a chat goes out as JSON and Markdown, and comes back as another one', async ({ app, page }) => {
  answerByModel();
  await open(app);
  await page
    .locator('form input[type=file]')
    .setInputFiles([{ name: 'square.png', mimeType: 'image/png', buffer: Buffer.from(PNG, 'base64') }]);
  await expect(page.getByRole('button', { name: 'Show square.png' })).toBeVisible();
  await say(page, 'Keep this');
  await expect(answers(page)).toContainText('m says 1');
  const save = async (kind: string): Promise<string> => {
    await page.getByRole('button', { name: 'Export chat' }).click();
    const { path } = await app.download(() =>
      page.getByRole('menuitem', { name: `Export as ${kind}` }).click(),
    );
    return path;
  };
  expect(await readFile(await save('Markdown'), 'utf8')).toMatch(/# Keep this[\s\S]*m says 1/);
  const json = await readFile(await save('JSON'));
  await page.locator('input[type=file][aria-label^="Import chats"]').setInputFiles([
    { name: 'chat.json', mimeType: 'application/json', buffer: json },
    { name: 'other.json', mimeType: 'application/json', buffer: Buffer.from('{"turns":[]}') },
  ]);
  await expect(page.getByText('One chat imported')).toBeVisible();
  await expect(page.getByText('other.json could not be imported')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Keep this' })).toHaveCount(2);
  await expect(answers(page)).toContainText('m says 1');
  await expect(page.getByRole('button', { name: 'Show square.png' }).locator('img')).toBeVisible();
});

test('a temporary chat is not kept', async ({ app, page }) => {
  answerByModel();
  await open(app);
  await page.getByRole('button', { name: 'More chats' }).click();
  await page.getByRole('menuitem', { name: 'New temporary chat' }).click();
  await expect(page.getByText('Temporary', { exact: true })).toBeVisible();
  await say(page, 'A secret');
  await expect(answers(page)).toContainText('m says');
  await expect(page.getByText('Chats appear here once something was said.')).toBeVisible();
});

test('on a phone one model is shown at a time', async ({ app, page }) => {
  await page.setViewportSize({ width: 375, height: 700 });
  answerByModel();
  await open(app, '?models=mine/m,mine/n');
  await say(page, 'Hello');
  await expect(answers(page)).toContainText('m says');
  await page.getByRole('group', { name: 'Shown model' }).getByRole('button').last().click();
  await expect(answers(page)).toContainText('n says');
  await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(375);
  expect(await violations(page, 'phone')).toEqual([]);
});
