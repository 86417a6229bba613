/** What the overview offers beside its figures: each is done once. */
import { readFile } from 'node:fs/promises';
import { ask } from '../fixtures/chat.ts';
import { expect, test } from '../fixtures/test.ts';

test.use({
  start: {
    config: `providers: [{ id: openai }]\nbudgets: [{ scope: all, usd: 60 }]\n`,
  },
});

test('time, comparison and every way of splitting are chosen; figures are saved; lists lead to requests', async ({
  page,
  app,
}) => {
  await ask(app, 'hello');
  await ask(app, '/error 400');
  await app.open('/');
  // After a slow reading the page waits long before its next one.
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('definition').first()).toContainText('2', { timeout: 5_000 });
  }).toPass();
  await page.getByRole('switch', { name: 'Compare with before' }).click();
  await expect(page).toHaveURL(/compare=/);
  for (const [name, value] of [
    ['1 h', '1h'],
    ['30 days', '30d'],
  ] as const) {
    await page.getByRole('button', { name, exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`range=${value}`));
  }
  const cost = page.getByRole('region', { name: 'Cost over time' });
  const split = cost.getByRole('group', { name: 'Split the cost by' }).getByRole('button');
  for (let place = (await split.count()) - 1; place >= 0; place -= 1) {
    await split.nth(place).click();
    await expect(split.nth(place)).toHaveAttribute('aria-pressed', 'true');
  }
  const latency = page.getByRole('region', { name: 'Latency' }).getByRole('group').getByRole('button');
  await latency.last().click();
  await expect(latency.last()).toHaveAttribute('aria-pressed', 'true');

  const requests = page.getByRole('region', { name: 'Requests and failures' });
  const save = async (item: string): Promise<string> => {
    await requests.getByRole('button', { name: 'Requests and failures: save' }).click();
    const { path } = await app.download(() => page.getByRole('menuitem', { name: item }).click());
    return path;
  };
  expect(await readFile(await save('Figures (CSV)'), 'utf8')).toContain(',');

  await page.getByRole('link', { name: 'All failures' }).click();
  await expect(page).toHaveURL(/is:failed/);
  await expect(page.getByRole('row').filter({ hasText: '400' })).toHaveCount(1);
  await page.goBack();
  await page.getByRole('link', { name: 'demo/chat' }).last().click();
  await expect(page).toHaveURL(/#\/requests/);
});

test('the filter takes every dimension; what lacks a key leads to its provider; budgets lead to where they are made', async ({
  page,
  app,
}) => {
  await ask(app, 'hello');
  await app.open('/');
  // After a slow reading the page waits long before its next one.
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('definition').first()).toContainText('1', { timeout: 5_000 });
  }).toPass();
  await page.getByRole('button', { name: 'Filter' }).click();
  const dialog = page.getByRole('dialog');
  for (const name of ['Provider', 'Model']) {
    await dialog.getByLabel(name, { exact: true }).selectOption({ index: 1 });
  }
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/provider=demo/);
  await expect(page).toHaveURL(/model=/);
  await page.getByRole('button', { name: /^Any instead of provider/ }).click();
  await expect(page).not.toHaveURL(/provider=/);

  await page.getByRole('link', { name: 'Edit budgets' }).click();
  await expect(page).toHaveURL(/routing\?tab=budgets/);
  await page.goBack();
  await page.getByRole('button', { name: 'Add key' }).first().click();
  await expect(page.getByRole('heading', { name: 'OpenAI', level: 2 })).toBeVisible();
});
