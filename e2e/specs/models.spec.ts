import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startFakeUpstream } from '../../gateway/testing/fake-upstream.ts';
import { violations } from '../fixtures/axe.ts';
import { expect, test } from '../fixtures/test.ts';

const OVERFLOW = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

/** The rows of the list, the head not among them. */
const rows = (page: Page) => page.getByRole('grid').getByRole('row').filter({ hasNotText: 'Context' });

test('lists the models of the demo, marked as such; one is opened, copied and tried', async ({
  page,
  app,
}) => {
  await app.open('/models');
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).first()).toContainText('demo');
  await page.getByText('chat-large', { exact: true }).click();
  const detail = page.getByRole('region', { name: 'Model detail' });
  await expect(detail.getByText('The demo provider answers as this model.')).toBeVisible();
  await expect(detail.getByText('No price is known')).toBeHidden();
  await expect(detail.getByText(`${app.gatewayAddress}/v1`).first()).toBeVisible();
  await detail.getByRole('button', { name: 'Copy demo/chat-large' }).click();
  await expect.poll(() => app.clipboard()).toBe('demo/chat-large');
  await detail.getByRole('button', { name: 'curl' }).click();
  await detail.getByRole('button', { name: 'Copy code sample' }).click();
  await expect.poll(() => app.clipboard()).toContain('"model":"demo/chat-large"');
  await detail.getByRole('button', { name: 'Try' }).click();
  await expect(page).toHaveURL(/#\/playground/);
  await expect(page.getByText('demo/chat-large').first()).toBeVisible();
});

test('finds one of 5,000 by keyboard alone, and keeps the filter in the address', async ({ page, app }) => {
  const upstream = await startFakeUpstream({ scriptLists: true });
  const data = Array.from({ length: 5_000 }, (_, index) => ({
    id: `maker/model-${index}`,
    context_length: index < 10 ? 1_000_000 : 8_192,
    pricing: { prompt: index === 7 ? '0' : '0.000001', completion: index === 7 ? '0' : '0.000002' },
    supported_parameters: index % 2 === 0 ? ['tools'] : [],
    architecture: { input_modalities: ['text'] },
  }));
  upstream.script((request) => request.json(200, { data }));
  await app.open('/providers');
  await page.getByRole('button', { name: 'Add provider' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Any other address').click();
  await dialog.getByLabel('Id', { exact: true }).fill('big');
  await dialog.getByLabel('Base URL').fill(upstream.url);
  await dialog.getByRole('button', { name: 'Add provider' }).click();
  await expect(page.getByRole('heading', { name: 'big', level: 2 })).toBeVisible();

  await app.open('/models');
  await expect(page.getByText('5,003 models')).toBeVisible();
  // Only what is in view is drawn.
  await expect.poll(() => rows(page).count()).toBeLessThan(80);
  await page.getByRole('grid').focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('grid')).toHaveAttribute('aria-activedescendant', 'model-5002');
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('model-7 maker');
  await expect(page.getByText('111 of 5,003 models')).toBeVisible();
  await expect(page).toHaveURL(/q=model-7/);

  await page.getByLabel('Free or local').check();
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Enter');
  const detail = page.getByRole('region', { name: 'Model detail' });
  await expect(detail.getByText('1,000,000')).toBeVisible();
  await expect(detail.getByText('from the list of big')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(detail).toBeHidden();
  await expect(page.getByRole('grid')).toBeFocused();

  await page.reload();
  await expect(page.getByText('1 of 5,003 models')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).first().click();
  await page.getByLabel('Tools').check();
  await expect(page.getByText('2,500 of 5,003 models')).toBeVisible();
  await page.getByRole('button', { name: 'Remove filter Tools' }).click();
  await page.getByRole('columnheader', { name: 'In, $' }).getByRole('button').click();
  await expect(rows(page).first()).toContainText('maker/model-7');
  await expect(page.getByRole('columnheader', { name: 'In, $' })).toHaveAttribute('aria-sort', 'ascending');
  await upstream.close();
});

test('a list that cannot be read says why; a refresh tells how far it is and follows', async ({
  page,
  app,
}) => {
  let broken = true;
  const upstream = await startFakeUpstream({ scriptLists: true });
  upstream.script((request) =>
    broken
      ? request.json(503, { error: { message: 'Down for a moment' } })
      : request.json(200, { data: [{ id: 'm' }] }),
  );
  await app.open('/providers');
  await page.getByRole('button', { name: 'Add provider' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Any other address').click();
  await dialog.getByLabel('Id', { exact: true }).fill('mine');
  await dialog.getByLabel('Base URL').fill(upstream.url);
  await dialog.getByRole('button', { name: 'Add provider' }).click();
  await expect(page.getByRole('heading', { name: 'mine', level: 2 })).toBeVisible();
  await expect(page.getByText('HTTP 503: Down for a moment')).toBeVisible();

  await app.open('/models');
  await page.getByRole('button', { name: '1 list failed' }).click();
  await expect(page.getByText('HTTP 503: Down for a moment')).toBeVisible();
  await page.keyboard.press('Escape');
  broken = false;
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.getByText('Model lists read')).toBeVisible();
  await expect(rows(page)).toHaveCount(4);
  await upstream.close();
});

const SEVERAL = `providers:
  - { id: openai, keys: [{ id: k1, value: sk-e2e-not-a-key-000000001 }], models: [gpt-5, gpt-5-mini] }
  - { id: groq, models: [llama-3.3-70b-versatile] }
models:
  - { id: smart, targets: [{ model: openai/gpt-5 }] }
`;

test.describe('several providers whose models are named', () => {
  test.use({ start: { config: SEVERAL } });

  test('narrowed by several facets and sorted, a link shows the same; it is found again on coming back', async ({
    page,
    app,
  }) => {
    await app.open('/models');
    await expect(rows(page)).toHaveCount(6);
    await page.getByLabel('Usable now').check();
    await page.getByLabel('Vision').check();
    await expect(rows(page)).toHaveCount(2);
    await page.getByLabel('Sort', { exact: true }).selectOption('Input price');
    await expect(rows(page).first()).toContainText('gpt-5-mini');
    await page.getByRole('button', { name: 'Smallest first' }).click();
    await expect(rows(page).first()).not.toContainText('mini');
    await expect(page).toHaveURL(/can=vision&is=usable&sort=-priceIn/);
    await page.reload();
    await expect(rows(page)).toHaveCount(2);
    await page.getByRole('link', { name: 'Providers' }).first().click();
    await expect(page.getByRole('heading', { name: 'Providers', level: 1 })).toBeVisible();
    await page.getByRole('link', { name: 'Models' }).first().click();
    await expect(page.getByRole('button', { name: 'Remove filter Vision' })).toBeVisible();
  });

  test('compares by keyboard alone, and a link shows the same', async ({ page, app }) => {
    await app.open('/models');
    await expect(rows(page)).toHaveCount(6);
    await page.getByRole('grid').focus();
    await page.keyboard.press('c');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press(' ');
    await expect(page.getByRole('button', { name: 'Compare 2' })).toBeVisible();
    const box = page.getByRole('grid').getByRole('checkbox').first();
    await expect(box).toBeChecked();
    await box.click();
    await expect(box).not.toBeChecked();
    await box.click();
    await expect(box).toBeChecked();
    await page.getByRole('grid').focus();
    await page.keyboard.press('v');
    await expect(page.getByRole('heading', { name: 'Compare models' })).toBeVisible();
    const line = (name: RegExp) => page.getByRole('row', { name });
    await expect(line(/Input, \$ per 1M differs/)).toContainText('0.25lowest');
    await page.getByLabel('Input tokens of the example').fill('1,000,000');
    await page.getByLabel('Output tokens of the example').fill('0');
    await page.keyboard.press('Tab');
    await expect(line(/Cost of the example/)).toContainText('$1.25');
    const address = page.url();
    expect(await violations(page, 'comparison')).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('grid')).toBeVisible();
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await page.goto(address);
    await expect(page.getByRole('heading', { name: 'Compare models' })).toBeVisible();
    await expect(page.getByRole('columnheader')).toHaveCount(2);
  });

  test('a price is corrected, shown beside the known one, and taken back; a favourite stays', async ({
    page,
    app,
  }) => {
    await app.open('/models/openai%2Fgpt-5');
    const detail = page.getByRole('region', { name: 'Model detail' });
    await detail.getByRole('button', { name: 'Correct' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('In, $').fill('two');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByText('A number from 0 to 1,000,000')).toBeVisible();
    expect(await violations(page, 'correction')).toEqual([]);
    await dialog.getByLabel('In, $').fill('2');
    await dialog.getByLabel('Context, tokens').fill('32768');
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(detail.getByText('otherwise 1.25')).toBeVisible();
    await expect(rows(page).first()).toContainText('corrected');
    await expect
      .poll(() => readFile(join(app.folder, 'config.yaml'), 'utf8'))
      .toContain('model: openai/gpt-5');
    await detail.getByRole('button', { name: 'Undo the correction of In, $' }).click();
    await expect(detail.getByText('otherwise 1.25')).toBeHidden();
    await expect(detail.getByText('otherwise 400,000')).toBeVisible();

    await page.getByRole('grid').focus();
    await page.keyboard.press('f');
    const star = detail.getByRole('button', { name: 'Favourite openai/gpt-5' });
    await expect(star).toHaveAttribute('aria-pressed', 'true');
    // The star is drawn before the gateway has kept it.
    await expect
      .poll(() => readFile(join(app.folder, 'config.yaml'), 'utf8'))
      .toMatch(/favourites:\s+(?:- |\[\s*)["']?openai\/gpt-5/);
    await app.restart();
    await app.open('/models?is=favourite');
    await expect(rows(app.page)).toHaveCount(1);
    await expect(rows(app.page).first()).toContainText('gpt-5');
  });

  test('what was asked here is measured, and leads to its requests', async ({ page, app }) => {
    const answer = await fetch(`${app.gatewayAddress}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'demo/chat',
        stream: true,
        messages: [{ role: 'user', content: 'Hello' }],
      }),
    });
    expect(answer.status).toBe(200);
    await answer.text();
    await app.open('/models/demo%2Fchat');
    const detail = page.getByRole('region', { name: 'Model detail' });
    await expect(async () => {
      await page.reload();
      await expect(detail.getByText('100%').first()).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await detail.getByRole('link', { name: 'Show requests' }).click();
    await expect(page).toHaveURL(/#\/requests\?q=/);
    await expect(page.getByRole('grid').getByRole('row').nth(1)).toContainText('chat');
  });
});

for (const width of [375, 1_024, 2_560]) {
  test(`nothing overflows at ${width} px`, async ({ page, app }) => {
    await page.setViewportSize({ width, height: 900 });
    const headings = { '/models': 'Models', '/models/demo%2Fchat': 'chat', '/providers/demo': 'Demo' };
    for (const [path, name] of Object.entries(headings)) {
      await app.open(path);
      await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
      await expect.poll(() => page.evaluate(OVERFLOW)).toBe(0);
    }
  });
}
