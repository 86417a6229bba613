/** What 1,280 by 720 leaves at 200 % zoom: everything can be reached. */
import { expect, test } from '../../fixtures/browser-test.ts';

test.use({ viewport: { width: 640, height: 360 } });

test('what stands at the end of the rail and of a panel can be pressed', async ({ page, host }) => {
  await page.goto(host.logInAddress);
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await page.goto(`${host.address}/#/requests`);
  await page.getByRole('button', { name: 'Choose columns' }).click();
  const usual = page.getByRole('button', { name: 'Usual columns' });
  await usual.scrollIntoViewIfNeeded();
  await expect(usual).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Escape');
  await expect(usual).toBeHidden();

  // Beside a detail the list would have no room for a word: the detail covers it, and gives it back.
  await page.goto(`${host.address}/#/routing`);
  await page.getByRole('button', { name: 'Add alias' }).click();
  await expect(page.getByLabel('Strategy')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add rule' })).toBeHidden();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('button', { name: 'Add rule' })).toBeInViewport({ ratio: 1 });
  await page.getByRole('button', { name: 'Log out' }).click({ timeout: 20_000 });
  await expect(page).toHaveURL(/#\/login/);
});
