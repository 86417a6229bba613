/** Models, figures and the shell: what is opened there is left again, and the keyboard is back where it came from. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ask } from '../fixtures/chat.ts';
import { giveUp } from '../fixtures/given-up.ts';
import { expect, test } from '../fixtures/test.ts';

const MODELS = Array.from({ length: 60 }, (_, place) => `m-${place + 100}`);
/** One request to the demo costs more than the budget of a day. */
const CONFIG = `providers:
  - { id: mine, dialect: openai-chat, base_url: "http://127.0.0.1:9/v1", allow_private_network: true, models: [${MODELS.join(', ')}] }
corrections: [{ model: mine/m-100, context: 200000 }]
prices: [{ model: "demo/*", input: 1000000, output: 1000000 }]
budgets: [{ scope: all, usd: 1, per: day, action: warn }]
`;
test.use({ start: { config: CONFIG } });

test('a model is passed over by pages, corrected in vain, closed, compared and left, on a phone too', async ({
  page,
  app,
}) => {
  await app.open('/models');
  const config = await readFile(join(app.folder, 'config.yaml'), 'utf8');
  const grid = page.getByRole('grid');
  const rows = grid.getByRole('row').filter({ hasNotText: 'Context' });
  const context = page
    .getByRole('group', { name: 'Context' })
    .getByRole('checkbox', { name: /^128\D*or more/ });
  await context.check();
  await expect(rows.filter({ hasText: 'm-100' })).toBeVisible();
  await expect(rows.filter({ hasText: 'm-101' })).toHaveCount(0);
  await context.uncheck();
  await expect(rows.filter({ hasText: 'm-101' })).toBeVisible();

  const active = (): Promise<number> =>
    grid.getAttribute('aria-activedescendant').then((id) => Number(/\d+$/.exec(id ?? '')?.[0]));
  await grid.focus();
  await page.keyboard.press('Home');
  const first = await active();
  await page.keyboard.press('PageDown');
  await expect.poll(active).toBeGreaterThan(first + 5);
  await page.keyboard.press('PageUp');
  await expect.poll(active).toBe(first);

  const detail = page.getByRole('region', { name: 'Model detail' });
  await page.keyboard.press('PageDown');
  await page.keyboard.press('Enter');
  await expect(detail).toBeVisible();
  const correct = detail.getByRole('button', { name: 'Correct', exact: true });
  for (const by of ['Cancel', 'Escape'] as const) {
    await correct.click();
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Another name');
    await giveUp(correct, by);
  }
  await expect(detail).not.toContainText('Another name');
  await detail.getByRole('button', { name: 'Close' }).click();
  await expect(detail).toBeHidden();
  await expect(page).toHaveURL(/#\/models$/);
  await expect(grid).toBeFocused();
  expect(await readFile(join(app.folder, 'config.yaml'), 'utf8')).toBe(config);

  for (const id of ['mine/m-100', 'mine/m-101'])
    await page.getByRole('checkbox', { name: `Compare ${id}`, exact: true }).click();
  const compare = page.getByRole('button', { name: 'Compare 2' });
  await compare.click();
  await expect(page.getByRole('heading', { name: 'Compare models' })).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page).not.toHaveURL(/compare=/);
  await expect(compare).toBeVisible();

  await page.setViewportSize({ width: 375, height: 800 });
  await expect(rows.first()).toBeVisible();
  await rows.first().click();
  await expect(grid).toBeHidden();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(detail).toBeHidden();
  await expect(grid).toBeFocused();
});

test('a budget keeps its sum, a problem leads to what helps, the gateway is resumed in its menu, a sheet is closed', async ({
  page,
  app,
}) => {
  await ask(app, 'hello');
  const budgets = page
    .getByRole('heading', { name: 'Budgets', level: 3 })
    .locator('xpath=ancestor::section[1]');
  await expect(budgets).toContainText('Spent');
  const spent = await budgets.getByText('of $1').first().locator('..').innerText();
  const reset = budgets.getByRole('button', { name: /^Reset budget: / });
  for (const by of ['Cancel', 'Escape'] as const) {
    await reset.click();
    await giveUp(reset, by);
  }
  await expect(budgets).toContainText(spent);
  await page.getByRole('main').getByRole('button', { name: 'Show budgets' }).click();
  await expect(page).toHaveURL(/routing\?tab=budgets/);

  const bar = page.getByRole('contentinfo');
  const state = bar.getByRole('button', { name: /^State of the gateway/ });
  await state.click();
  await page.getByRole('menuitem', { name: 'Pause' }).click();
  await expect.poll(async () => (await fetch(`${app.gatewayAddress}/ready`)).status).toBe(503);
  await state.click();
  await page.getByRole('menuitem', { name: 'Resume' }).click();
  await expect.poll(async () => (await fetch(`${app.gatewayAddress}/ready`)).status).toBe(200);
  await expect(state).toBeFocused();

  await page.setViewportSize({ width: 375, height: 800 });
  const more = page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'More' });
  for (const by of ['Escape', 'Close'] as const) {
    await more.click();
    await giveUp(more, by);
  }
  await expect(page).toHaveURL(/routing\?tab=budgets/);
});
