/** What is marked, dragged and pressed around the list of requests: time, columns, filters, and standing still. */
import type { Locator, Page } from '@playwright/test';
import { ask } from '../fixtures/chat.ts';
import { expect, test } from '../fixtures/test.ts';

const rows = (page: Page): Locator => page.getByRole('row').filter({ hasText: 'demo/chat' });

/** From one point of it to another by the mouse, in shares of its width. */
async function drag(page: Page, what: Locator, from: number, to: number): Promise<void> {
  const box = await what.boundingBox();
  if (box === null) throw new Error('It is not drawn.');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * from, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * to, y, { steps: 5 });
  await page.mouse.up();
}

test('time is marked by key and by mouse, a filter is changed and taken away, the list stands still', async ({
  page,
  app,
}) => {
  await ask(app, 'first');
  await ask(app, '/error 400');
  await app.open('/requests');
  await expect(rows(page)).toHaveCount(2);

  const bars = page.getByRole('slider', { name: 'Requests over time' });
  await bars.focus();
  // The newest stretch of time; given up, then taken.
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(bars).toHaveAttribute('aria-valuetext', / to .*: \d requests?, \d failed/);
  await page.keyboard.press('Escape');
  await expect(bars).toHaveAttribute('aria-valuetext', /^Arrow keys mark/);
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/q=time:.*\.\./);
  const removeTime = page.getByRole('button', { name: /^Remove time:/ });
  await removeTime.click();
  await expect(page).not.toHaveURL(/time:/);
  await expect(rows(page)).toHaveCount(2);
  await drag(page, bars, 0.01, 0.99);
  await expect(page).toHaveURL(/q=time:/);
  await expect(rows(page)).toHaveCount(2);

  const filter = page.getByRole('combobox', { name: 'Filter requests' });
  await removeTime.click();
  await expect(page).not.toHaveURL(/time:/);
  await filter.fill('status:400');
  await filter.press('Enter');
  await expect(rows(page)).toHaveCount(1);
  await page.getByTitle('Edit status:400').click();
  await expect(filter).toHaveValue('status:400');
  await expect(filter).toBeFocused();
  await filter.fill('status:200');
  await filter.press('Enter');
  await expect(rows(page).filter({ hasText: '200' })).toHaveCount(1);
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Remove status:200' }).click();
  await expect(rows(page)).toHaveCount(2);

  // Paused, what is new waits to be asked for.
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await ask(app, 'third');
  await page.getByRole('button', { name: /^1 new/ }).click();
  await expect(rows(page)).toHaveCount(3);
});

test('a column is dragged wider, fitted to what it shows, and set by keys; others are passed over', async ({
  page,
  app,
}) => {
  await ask(app, 'hello');
  await app.open('/requests');
  await expect(rows(page)).toHaveCount(1);
  const edgeOf = (name: string): Locator =>
    page.getByRole('separator', { name: `Width of the column ${name}` });
  const edge = edgeOf('Provider');
  const width = async (): Promise<number> => Number(await edge.getAttribute('aria-valuenow'));
  const usual = await width();
  await drag(page, edge, 0.5, 8);
  await expect.poll(width).toBeGreaterThan(usual + 20);
  await edge.dblclick();
  await expect.poll(width).toBeLessThan(usual + 20);
  await edge.press('End');
  await expect(edge).toHaveAttribute('aria-valuenow', (await edge.getAttribute('aria-valuemax')) ?? '');
  await edge.press('Delete');
  await expect.poll(width).toBe(usual);
  await edge.press('ArrowUp');
  await expect(edge).not.toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(edge).toBeFocused();
});
