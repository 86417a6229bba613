/** What the models page offers beside its list: compared, corrected, and the ways on from a model. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../fixtures/test.ts';

test.use({
  start: {
    config: `providers:
  - { id: openai, keys: [{ id: k1, value: sk-e2e-not-a-key-000000001 }], models: [gpt-5, gpt-5-mini] }
  - { id: groq, models: [llama-3.3-70b-versatile] }
models:
  - { id: smart, targets: [{ model: openai/gpt-5 }] }
`,
  },
});

test('a comparison is narrowed to what differs, loses a model, and leads to the others', async ({
  page,
  app,
}) => {
  await app.open('/models/openai%2Fgpt-5');
  const detail = page.getByRole('region', { name: 'Model detail' });
  const compare = detail.getByRole('button', { name: 'Compare openai/gpt-5', exact: true });
  await compare.click();
  await expect(compare).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await expect(detail).toBeHidden();
  const tray = page.getByRole('region', { name: 'Models to compare' });
  for (const id of ['openai/gpt-5-mini', 'demo/chat'])
    await page.getByRole('checkbox', { name: `Compare ${id}`, exact: true }).click();
  await tray.getByRole('button', { name: 'Take demo/chat out of the comparison' }).click();
  await tray.getByRole('button', { name: 'Compare 2' }).click();

  const lines = page.getByRole('table').getByRole('row');
  await expect(lines.filter({ hasText: 'Price from' })).toBeVisible();
  const all = await lines.count();
  await page.getByRole('checkbox', { name: 'Only what differs' }).check();
  await expect.poll(() => lines.count()).toBeLessThan(all);
  await page.getByRole('button', { name: 'Take openai/gpt-5-mini out of the comparison' }).click();
  await expect(page.getByRole('columnheader')).toHaveCount(1);
  await page.getByRole('button', { name: 'Try openai/gpt-5' }).click();
  await expect(page).toHaveURL(/#\/playground/);
  await page.goBack();
  await page.getByRole('columnheader').getByRole('button', { name: 'gpt-5', exact: true }).click();
  await expect(detail.getByRole('heading', { name: 'gpt-5', exact: true })).toBeVisible();

  await app.open('/models?compare=nobody/nothing');
  await expect(page.getByText('Nothing to compare')).toBeVisible();
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(page.getByRole('grid')).toBeVisible();
});

test('a model gets capabilities and a price for longer prompts; its samples, provider and aliases are a press away', async ({
  page,
  app,
}) => {
  const config = (): Promise<string> => readFile(join(app.folder, 'config.yaml'), 'utf8');
  await app.open('/models/openai%2Fgpt-5');
  const detail = page.getByRole('region', { name: 'Model detail' });
  await detail.getByRole('button', { name: 'Correct', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: 'Audio' }).check();
  await dialog.getByRole('button', { name: 'Add a price for longer prompts' }).click();
  await dialog.getByRole('button', { name: 'Remove this tier' }).last().click();
  await dialog.getByRole('button', { name: 'Add a price for longer prompts' }).click();
  await dialog.getByLabel('Prompt tokens from which the tier holds').last().fill('200000');
  await dialog.getByLabel('Input price of the tier').last().fill('5');
  await dialog.getByLabel('Output price of the tier').last().fill('9');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(config).toContain('above: 199999');
  await expect.poll(config).toContain('audio');
  const corrections = detail.getByRole('button', { name: /^Undo the correction of/ });
  await expect(corrections).not.toHaveCount(0);
  for (let left = await corrections.count(); left > 0; left -= 1) {
    await corrections.first().click();
    await expect(corrections).toHaveCount(left - 1);
  }
  await expect(detail.getByText('Nothing corrected.')).toBeVisible();

  await detail.getByRole('button', { name: 'Anthropic' }).click();
  await detail.getByRole('button', { name: 'Python' }).click();
  await expect(detail.getByRole('region', { name: 'Code sample' })).toContainText('from anthropic import');
  await detail.getByRole('button', { name: 'Copy smart' }).click();
  await expect.poll(() => app.clipboard()).toBe('smart');
  await detail.getByRole('link', { name: 'smart' }).click();
  await expect(page).toHaveURL(/#\/routing\/smart/);
  await page.goBack();
  await detail.getByRole('link', { name: 'Use in an alias' }).click();
  await expect(page.getByRole('heading', { name: 'Routing', level: 1 })).toBeVisible();

  await app.open('/models/groq%2Fllama-3.3-70b-versatile');
  await detail.getByRole('button', { name: 'Show provider' }).click();
  await expect(page.getByRole('heading', { name: 'Groq', level: 2 })).toBeVisible();
});

test('the keys of the list copy, try and mark; facets of every kind and the head of a column narrow and sort', async ({
  page,
  app,
}) => {
  await app.open('/models');
  const rows = page.getByRole('grid').getByRole('row').filter({ hasNotText: 'Context' });
  await expect(rows).toHaveCount(6);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('y');
  await expect.poll(() => app.clipboard()).toMatch(/^[\w-]+\/[\w.-]+$/);
  await page.getByRole('checkbox', { name: /^Groq/ }).check();
  await expect(rows).toHaveCount(1);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('columnheader', { name: 'First, s' }).getByRole('button').click();
  await expect(page).toHaveURL(/sort=-?first/);
  await page.getByRole('button', { name: /^\d lists?/ }).click();
  await expect(page.getByRole('dialog')).toContainText('OpenAI');
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox').fill('gpt-5-mini');
  await expect(rows).toHaveCount(1);
  await page.getByRole('grid').focus();
  await page.keyboard.press('p');
  await expect(page).toHaveURL(/#\/playground/);
});
