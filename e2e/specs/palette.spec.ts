/** The palette and what leads to it: walked by arrows, chosen by mouse, and its ways to settings and out. */
import { expect, test } from '../fixtures/test.ts';

test('it is walked by keys and chosen from by mouse, opened by its buttons, and logs out', async ({
  app,
  page,
}) => {
  const field = page.getByRole('combobox', { name: 'Search everything' });
  const options = page.getByRole('dialog').getByRole('option');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(options.nth(2)).toBeVisible();
  for (const [key, selected] of [
    ['ArrowDown', options.nth(1)],
    ['End', options.last()],
    ['ArrowDown', options.first()],
    ['ArrowUp', options.last()],
    ['Home', options.first()],
    ['PageDown', options.nth(8)],
    ['PageUp', options.first()],
  ] as const) {
    await field.press(key);
    await expect(selected).toHaveAttribute('aria-selected', 'true');
  }
  await field.fill('Extra attempts');
  await options.filter({ hasText: 'Extra attempts per request' }).first().click();
  await expect(page.locator('[data-setting="routing.retries"]').getByRole('textbox')).toBeFocused();

  await page.getByRole('contentinfo').getByRole('button', { name: app.gatewayAddress }).click();
  await expect.poll(() => app.clipboard()).toContain(app.gatewayAddress);
  await app.open('/no-such-page');
  await page.getByRole('main').getByRole('button', { name: 'Search everything' }).click();
  await expect(field).toBeFocused();
  if (app.kind === 'desktop') return;
  await field.fill('Log out');
  await expect(options.first()).toContainText('Log out');
  await field.press('Enter');
  await expect(page.getByLabel('Password or token')).toBeVisible();
});
