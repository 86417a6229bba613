/** Out and in again by hand. */
import { expect, test } from '../../fixtures/browser-test.ts';

test('whoever logs out gets in with the right token only', async ({ page, host }) => {
  await page.goto(host.logInAddress);
  await page.getByRole('button', { name: 'Log out' }).click();
  const field = page.getByLabel('Password or token');
  await field.fill('not the token');
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await field.fill(/token=([\w-]+)/.exec(host.logInAddress)?.[1] ?? '');
  await field.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Log out' })).toBeVisible();
});
