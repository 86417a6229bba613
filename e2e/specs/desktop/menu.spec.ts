/** The application's menu: what it passes on to the page. */
import { expect, test } from '../../fixtures/desktop-test.ts';
import { clickMenu } from '../../fixtures/menu.ts';

test('opens the search, the list of keys and a new chat, as their keys do', async ({ desktop, page }) => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await clickMenu(desktop, 'Search everything');
  await expect(page.getByRole('combobox', { name: 'Search everything' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await clickMenu(desktop, 'Keyboard shortcuts');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await clickMenu(desktop, 'New chat');
  await expect(page.getByRole('heading', { name: 'Playground', level: 1 })).toBeAttached();
});
