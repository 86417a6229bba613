/** Small acts of several pages that no walk through a page passes: each is done once. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import * as z from 'zod/mini';
import { startFakeUpstream, type FakeUpstream } from '../../gateway/testing/fake-upstream.ts';
import { chunk, DONE } from '../../gateway/testing/openai-wire.ts';
import type { SwitchyardApp } from '../fixtures/app.ts';
import { ask } from '../fixtures/chat.ts';
import { keptChats } from '../fixtures/kept-chats.ts';
import { expect, test } from '../fixtures/test.ts';

const configOf = ({ folder }: SwitchyardApp): Promise<string> =>
  readFile(join(folder, 'config.yaml'), 'utf8');

test.describe('a provider that lists its models', () => {
  const listed = (id: string, dollars: number, gives: string) => ({
    id,
    context_length: 8_192,
    pricing: { prompt: String(dollars / 1e6), completion: String(dollars / 1e6) },
    supported_parameters: id === 'cheap' ? ['tools'] : [],
    architecture: { input_modalities: ['text'], output_modalities: [gives] },
  });
  const FIRST = [listed('cheap', 0.25, 'text'), listed('dear', 9, 'text'), listed('painter', 2, 'image')];
  let list = FIRST;
  let upstream: FakeUpstream;
  test.beforeAll(async () => {
    upstream = await startFakeUpstream({ scriptLists: true });
  });
  test.afterAll(() => upstream.close());
  test.beforeEach(() => {
    list = FIRST;
    upstream.script((request) =>
      request.method === 'GET'
        ? request.json(200, { data: list })
        : request.sse([chunk({ content: 'Understood.' }), chunk({}, 'stop'), DONE]),
    );
  });
  test.use({
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are wanted.
    start: async ({}, use) => {
      const provider = `{ id: mine, dialect: openai-chat, base_url: "${upstream.url}", allow_private_network: true, keys: [{ id: k1, value: sk-e2e-small-0000004321 }] }`;
      await use({ demo: false, config: `providers:\n  - ${provider}\n` });
    },
  });
  const rows = (page: Page): Locator =>
    page.getByRole('grid').getByRole('row').filter({ hasNotText: 'Context' });

  test('its models are narrowed by what they are, give and cost; the one list is read again', async ({
    page,
    app,
  }) => {
    await app.open('/models');
    await expect(rows(page)).toHaveCount(3);
    const only = async (facet: string, choice: string, model: string): Promise<void> => {
      const box = page.getByRole('group', { name: facet }).getByRole('checkbox', { name: choice });
      await box.check();
      await expect(rows(page)).toHaveCount(1);
      await expect(rows(page)).toContainText(model);
      await box.uncheck();
      await expect(rows(page)).toHaveCount(3);
    };
    await only('Capability', 'Tools', 'cheap');
    await only('Gives', 'Images', 'painter');
    await only('Input price per 1M', 'Under $0.50', 'cheap');
    await only('Input price per 1M', '$0.50 to $3', 'painter');
    await only('Input price per 1M', 'Over $3', 'dear');
    const state = page.getByRole('group', { name: 'State' });
    await state.getByRole('checkbox', { name: 'Favourites' }).check();
    await expect(page.getByText('No model matches').first()).toBeVisible();
    await page.getByRole('button', { name: 'Clear filters' }).first().click();
    await expect(rows(page)).toHaveCount(3);

    list = [...FIRST, listed('newest', 1, 'text')];
    await page.getByRole('button', { name: '1 list', exact: true }).click();
    await page.getByRole('button', { name: 'Read the list of mine again' }).click();
    await expect(rows(page)).toHaveCount(4);
    await page.keyboard.press('Escape');
    await expect(rows(page).filter({ hasText: 'newest' })).toBeVisible();

    // Any two bands together hold what either holds.
    const price = page.getByRole('group', { name: 'Input price per 1M' });
    await price.getByRole('checkbox', { name: 'Over $3' }).check();
    await price.getByRole('checkbox', { name: 'Under $0.50' }).check();
    await expect(rows(page)).toHaveCount(2);
    await page.getByRole('columnheader', { name: 'In, $' }).getByRole('button').click();
    await expect(rows(page).first()).toContainText('cheap');
    await page.getByRole('columnheader', { name: 'In, $' }).getByRole('button').click();
    await expect(rows(page).first()).toContainText('dear');
  });

  test('a name, a length and prices are corrected, and taken back by leaving the fields empty', async ({
    page,
    app,
  }) => {
    await app.open('/models/mine%2Fdear');
    const detail = page.getByRole('region', { name: 'Model detail' });
    const dialog = page.getByRole('dialog');
    const corrected = { Name: 'Very dear', 'Max output, tokens': '4096', 'Out, $': '7.5' };
    await detail.getByRole('button', { name: 'Correct', exact: true }).click();
    await dialog.getByLabel('Max output, tokens').fill('a few');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByText('A whole number from 1 to 1,000,000,000')).toBeVisible();
    for (const [field, value] of Object.entries(corrected))
      await dialog.getByLabel(field, { exact: true }).fill(value);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
    await expect(rows(page).filter({ hasText: 'corrected' })).toHaveCount(1);
    await expect.poll(() => configOf(app)).toMatch(/Very dear/);
    await expect.poll(() => configOf(app)).toMatch(/4096/);
    const undo = detail.getByRole('button', { name: /^Undo the correction of/ });
    await expect(undo).toHaveCount(3);

    await detail.getByRole('button', { name: 'Correct', exact: true }).click();
    for (const field of ['Name', 'Max output, tokens'])
      await dialog.getByLabel(field, { exact: true }).fill('');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
    await expect(undo).toHaveCount(1);
    await undo.click();
    await expect(detail.getByText('Nothing corrected.')).toBeVisible();
    await expect.poll(() => configOf(app)).not.toMatch(/Very dear/);
    await expect(rows(page).filter({ hasText: 'corrected' })).toHaveCount(0);
  });

  test('an effort and penalties are sent as typed; what came earlier in a long chat is shown on demand', async ({
    page,
    app,
  }) => {
    await app.open('/playground?models=mine/cheap');
    await expect(page.getByRole('button', { name: 'Model: mine/cheap' })).toBeVisible();
    await page.getByRole('textbox', { name: 'Presence penalty' }).fill('3');
    await expect(page.getByText('From -2 to 2').first()).toBeVisible();
    await page.getByRole('textbox', { name: 'Presence penalty' }).fill('0.5');
    await page.getByLabel('Reasoning effort').selectOption('low');
    await page.getByLabel('Reasoning effort').selectOption('high');
    const composer = page.getByRole('textbox', { name: /^Message the model/ });
    await composer.fill('First line');
    await composer.press('Shift+Enter');
    await composer.pressSequentially('second line');
    await expect(composer).toHaveValue('First line\nsecond line');
    await composer.press('Enter');
    await expect(page.locator('[data-answer]')).toContainText('Understood.');
    const sent = (): unknown =>
      z
        .looseObject({})
        .parse(
          JSON.parse(upstream.requests.findLast(({ method }) => method === 'POST')?.body.toString() ?? '{}'),
        );
    await expect.poll(sent).toMatchObject({
      reasoning_effort: 'high',
      presence_penalty: 0.5,
      messages: [{ content: 'First line\nsecond line' }],
    });

    // So high that nothing has to be scrolled: scrolled to its top, a chat shows what came earlier by itself.
    await page.setViewportSize({ width: 1_400, height: 3_500 });
    const messages = Array.from({ length: 15 }, (_, place) => [
      { role: 'user', content: `Question ${place + 1} of many` },
      { role: 'assistant', content: `Answer ${place + 1}` },
    ]).flat();
    await page.locator('input[type=file][aria-label^="Import chats"]').setInputFiles([
      {
        name: 'long.json',
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify({ model: 'mine/cheap', messages })),
      },
    ]);
    const chat = page.getByRole('region', { name: 'Messages' });
    await expect(chat.getByText('Answer 15', { exact: true })).toBeVisible();
    await expect(chat.getByText('Question 1 of many')).toHaveCount(0);
    await page.getByRole('button', { name: 'Show 10 earlier messages' }).click();
    await expect(chat.getByText('Question 1 of many')).toBeVisible();
    await expect(page.getByRole('button', { name: /^Show .* earlier message/ })).toBeHidden();
    await expect.poll(() => keptChats(app)).toContain('Question 1 of many');
  });
});

test('days of a rule are pressed and let go; a budget gets another period and only warns from then on', async ({
  page,
  app,
}) => {
  await app.open('/routing');
  await expect(page.getByText('No rules yet')).toBeVisible();
  await page.getByRole('button', { name: 'Add rule' }).first().click();
  await page.getByRole('combobox', { name: 'Choose a model or alias' }).fill('demo/chat');
  await page.keyboard.press('Enter');
  const days = page.getByRole('region', { name: 'Edit rule' }).getByRole('group', { name: 'Days' });
  const day = (name: string): Locator => days.getByRole('button', { name, exact: true });
  for (const name of ['Mon', 'Sat', 'Sun']) await day(name).click();
  await expect(day('Mon')).toHaveAttribute('aria-pressed', 'true');
  await day('Mon').click();
  await expect(day('Mon')).toHaveAttribute('aria-pressed', 'false');
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(page.getByText('1 change applied')).toBeVisible();
  await expect.poll(() => configOf(app)).toMatch(/\bsat\b[\s\S]*\bsun\b/);
  expect(await configOf(app)).not.toMatch(/\bmon\b/);

  await app.open('/routing?tab=budgets');
  await page.getByRole('button', { name: 'Add budget' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Amount, US dollars').fill('3');
  await dialog.getByRole('group', { name: 'Period' }).getByRole('button', { name: 'per month' }).click();
  await dialog.getByRole('button', { name: 'Add budget' }).click();
  const budgets = page.getByRole('table', { name: 'Budgets' });
  await expect(budgets).toContainText('per month');
  await page.getByRole('button', { name: 'Change budget: All, this month' }).click();
  await dialog.getByRole('group', { name: 'Period' }).getByRole('button', { name: 'per day' }).click();
  await expect(dialog.getByText('Of another scope or period it counts from zero.')).toBeVisible();
  await dialog.getByRole('group', { name: 'When spent' }).getByRole('button', { name: 'Only warn' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(budgets).toContainText('per day');
  await expect(budgets).toContainText('Only warn');
  await expect(budgets).not.toContainText('per month');
  await expect.poll(() => configOf(app)).toMatch(/action: warn/);
});

test('a suggestion is taken by mouse, a range of moments chosen, and a column made wider by key', async ({
  page,
  app,
}) => {
  await ask(app, 'good');
  await ask(app, '/cut now');
  await app.open('/requests');
  const rows = page.getByRole('row').filter({ hasText: 'demo/chat' });
  await expect(rows).toHaveCount(2);
  const filter = page.getByRole('combobox', { name: 'Filter requests' });
  await filter.click();
  await filter.pressSequentially('outc');
  const suggestions = page.getByRole('listbox', { name: 'Suggestions' });
  await suggestions.getByRole('option', { name: 'outcome:' }).click();
  await expect(filter).toHaveValue('outcome:');
  await expect(filter).toBeFocused();
  await suggestions.getByRole('option', { name: 'cut' }).click();
  await expect(page).toHaveURL(/q=outcome:cut/);
  await expect(rows).toHaveCount(1);
  await page.getByRole('button', { name: 'Clear filters' }).first().click();
  await expect(rows).toHaveCount(2);

  const time = page.getByRole('button', { name: /^(All time|Chosen range)$/ });
  const range = page.getByRole('dialog');
  await time.click();
  await range.getByLabel('From').fill('2020-01-01T00:00');
  await range.getByLabel('Until').fill('2020-01-02T00:00');
  await range.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('No request matches')).toBeVisible();
  await expect(time).toHaveText('Chosen range');
  await time.click();
  await expect(range.getByLabel('From')).toHaveValue('2020-01-01T00:00');
  await range.getByLabel('Until').fill('');
  await range.getByRole('button', { name: 'Apply' }).click();
  await expect(rows).toHaveCount(2);
  await time.click();
  await range.getByRole('button', { name: 'All time' }).click();
  await expect(page).not.toHaveURL(/time:/);

  const edge = page.getByRole('separator', { name: 'Width of the column Model' });
  const width = async (): Promise<number> => Number(await edge.getAttribute('aria-valuenow'));
  // It has all that is left over, so it can only be wider than it was made before.
  await edge.press('Home');
  await expect(edge).toHaveAttribute('aria-valuenow', '110');
  await edge.press('ArrowRight');
  await expect(edge).toHaveAttribute('aria-valuenow', '118');
  await edge.press('Shift+ArrowRight');
  await expect(edge).toHaveAttribute('aria-valuenow', '150');
  await edge.press('Delete');
  await expect.poll(width).toBeGreaterThan(150);
});
