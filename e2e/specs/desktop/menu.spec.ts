/** The application's menu: what it passes on to the page. */
import { expect, test } from '../../fixtures/desktop-test.ts';
import type { DesktopApp } from '../../fixtures/desktop-app.ts';

/** Clicks the entry with this label, wherever in the menu it is. */
const click = ({ electron }: DesktopApp, label: string): Promise<void> =>
  electron.evaluate(({ Menu }, wanted) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
    const item = items.find((one) => one.label === wanted);
    if (item === undefined) throw new Error(`The menu has no entry ${wanted}.`);
    // Electron declares it as any function.
    Reflect.apply(item.click, item, []);
  }, label);

test('opens the search, the list of keys and a new chat, as their keys do', async ({ desktop, page }) => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await click(desktop, 'Search everything');
  await expect(page.getByRole('combobox', { name: 'Search everything' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await click(desktop, 'Keyboard shortcuts');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await click(desktop, 'New chat');
  await expect(page.getByRole('heading', { name: 'Playground', level: 1 })).toBeAttached();
});
