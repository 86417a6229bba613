/** Elements of the list are filled anew while it scrolls; at rest they stand in the order of the rows. */
import type { Page } from '@playwright/test';
import { ask } from '../../fixtures/chat.ts';
import { expect, test } from '../../fixtures/test.ts';

/** Rows of the list in the order of the document: their number, and where they lie, px. */
const rowsOf = (page: Page): Promise<readonly (readonly [number, number])[]> =>
  page.evaluate(
    `[...document.querySelectorAll('[role=grid] [role=row][aria-selected]')]
       .map((row) => [Number(row.ariaRowIndex ?? row.getAttribute('aria-rowindex')), row.getBoundingClientRect().top])`,
  );
const ascends = (numbers: readonly number[]): boolean =>
  numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? Infinity));

test('rows are read out in their order once a list that was scrolled rests, and open what they show', async ({
  app,
  page,
}) => {
  await Promise.all(Array.from({ length: 120 }, () => ask(app, 'hello')));
  await app.open('/requests');
  await expect(page.getByRole('status').filter({ hasText: '120 requests' })).toBeVisible();
  await page.getByRole('grid').hover();
  // No whole number of rows or of windows: elements and rows are not in step.
  for (const by of [310, 150, 730, -170, 90]) await page.mouse.wheel(0, by);
  await expect
    .poll(async () => {
      const rows = await rowsOf(page);
      const [first = 0] = rows[0] ?? [];
      return first > 2 && ascends(rows.map(([number]) => number)) && ascends(rows.map(([, top]) => top));
    })
    .toBe(true);

  const rows = await rowsOf(page);
  const [number] = rows[Math.floor(rows.length / 2)] ?? [0];
  const row = page.locator(`[role=grid] [role=row][aria-rowindex="${number}"]`);
  await row.click();
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await expect(page.locator('[role=grid] [role=row][aria-selected=true]')).toHaveCount(1);
});
