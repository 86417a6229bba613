import type { Locator, Page } from '@playwright/test';
import { violations } from '../fixtures/axe.ts';
import { ask } from '../fixtures/chat.ts';
import { expect, test } from '../fixtures/test.ts';

const OVERFLOW = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

/** A request may come into the figures right after they were read, and the next reading waits. */
async function reloadUntil(page: Page, shown: Locator): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(shown).toBeVisible({ timeout: 5_000 });
  }).toPass();
}

test('an empty log says what to do first, with the address to copy and a command that works', async ({
  page,
  app,
}) => {
  await app.open('/');
  await expect(page.getByText('First steps')).toBeVisible();
  await page.getByRole('button', { name: /^Copy base URL http/ }).click();
  await expect.poll(() => app.clipboard()).toBe(`${app.gatewayAddress}/v1`);
});

test('figures, newest and failures follow requests as they come, and lead to them', async ({ page, app }) => {
  await app.open('/');
  await expect(page.getByText('First steps')).toBeVisible();
  await ask(app, 'hello');
  await ask(app, '/error 400');
  const requests = page.getByRole('definition').first();
  await expect(requests).toContainText('2');
  await expect(page.getByText('50%')).toBeVisible();
  await expect(page.getByRole('complementary').getByText('demo/chat')).toHaveCount(2);
  await expect(
    page.getByRole('img', { name: 'Requests over time: 2 in all, 1 of them failed.' }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Requests and failures: show as table' }).press('Enter');
  await expect(page.getByRole('columnheader', { name: 'Succeeded' })).toBeVisible();
  await page.getByRole('link', { name: '1 failed' }).first().click();
  await expect(page.getByRole('row').filter({ hasText: 'demo/chat' })).toHaveCount(1);
  await expect(page.getByRole('row').filter({ hasText: '400' })).toHaveCount(1);
});

test('what a chart shows leads to its requests: a bar, a name of the legend, a line of the table', async ({
  page,
  app,
}) => {
  await ask(app, 'hello');
  await ask(app, '/error 400');
  await app.open('/?range=1h');
  const chart = page.getByRole('region', { name: 'Requests and failures' });
  const rows = page.getByRole('row').filter({ hasText: 'demo/chat' });
  const canvas = chart.locator('canvas');
  await reloadUntil(page, chart.getByRole('img', { name: /2 in all, 1 of them failed/ }));
  await canvas.scrollIntoViewIfNeeded();
  // What comes in above it may still move it, and it takes the pointer once it is drawn.
  await expect(async () => {
    const box = await canvas.boundingBox();
    if (box === null) throw new Error('There is no chart.');
    // The newest minutes are at the right.
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 14, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await expect(page).toHaveURL(/range=custom&from=\d{4}-\d\d-\d\dT/, { timeout: 2_000 });
  }).toPass();
  await expect(page.getByLabel('From')).toHaveValue(/T\d\d:\d\d/);
  await page.goBack();
  await expect(page).toHaveURL(/range=1h/);
  await chart.getByRole('link', { name: 'Failed' }).click();
  await expect(rows).toHaveCount(1);
  await page.goBack();
  await chart.getByRole('button', { name: 'show as table' }).press('Enter');
  await chart.getByRole('row').getByRole('link').last().press('Enter');
  await expect(page).toHaveURL(/q=time:\d{4}[^&]*\.\./);
  await expect(rows.first()).toBeVisible();
  await page.goBack();
  await expect(async () => {
    if (!page.url().includes('/requests')) await canvas.click({ timeout: 5_000 });
    await expect(page).toHaveURL(/requests\?q=time:\d{4}[^&]*\.\./, { timeout: 2_000 });
  }).toPass();
  await expect(page.getByText('No request matches')).toBeVisible();
});

test('one filter narrows the page, stays in the address, and can be taken away', async ({ page, app }) => {
  await ask(app, 'hello');
  await app.open('/');
  await reloadUntil(page, page.getByRole('img').first());
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByLabel('Program', { exact: true }).selectOption('Claude Code');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/app=Claude(?:\+|%20)Code/);
  await page.getByRole('link', { name: 'Claude Code' }).first().click();
  await expect(page.getByRole('row').filter({ hasText: 'demo/chat' })).toHaveCount(1);
  await page.goBack();
  await expect(page.getByRole('definition').first()).toContainText('1');
  await page.getByRole('button', { name: 'Any instead of program Claude Code' }).click();
  await expect(page).not.toHaveURL(/app=/);
});

test('paused, tools are refused and the pages go on; resumed, they are answered', async ({ page, app }) => {
  await app.open('/');
  await page.getByRole('button', { name: 'Pause the gateway' }).click();
  await expect(page.getByText('Tools are answered 503 until you resume.').first()).toBeVisible();
  await expect.poll(async () => (await fetch(`${app.gatewayAddress}/ready`)).status).toBe(503);
  const refused = await fetch(`${app.gatewayAddress}/v1/models`);
  expect([refused.status, refused.headers.get('x-should-retry')]).toEqual([503, 'false']);
  expect(await refused.text()).toContain('"code":"paused"');
  expect((await fetch(`${app.gatewayAddress}/health`)).status).toBe(200);
  await page.getByRole('button', { name: 'Resume the gateway' }).click();
  await expect(page.getByRole('button', { name: 'Pause the gateway' })).toBeVisible();
  await expect.poll(async () => (await fetch(`${app.gatewayAddress}/v1/models`)).status).toBe(200);
});

test('is the first page, and can be used by keyboard alone', async ({ page, app }) => {
  await ask(app, 'hello');
  await app.open('/');
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: '7 days' }).press('Enter');
  await expect(page.getByRole('button', { name: '7 days' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('definition').first()).toContainText('1');
});

test('axe finds nothing before the first request', async ({ page, app }) => {
  await app.open('/');
  await expect(page.getByText('curl http').first()).toBeVisible();
  expect(await violations(page, 'first steps')).toEqual([]);
});

for (const width of [375, 1024, 2560]) {
  test(`nothing overflows at ${width} px`, async ({ page, app }) => {
    await page.setViewportSize({ width, height: 900 });
    await ask(app, 'hello');
    await app.open('/');
    await reloadUntil(page, page.getByRole('img').first());
    await expect.poll(() => page.evaluate(OVERFLOW)).toBe(0);
  });
}
