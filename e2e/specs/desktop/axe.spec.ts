/** What only the desktop shows, as axe judges it; every other page is judged in the browser. */
import type { Page } from '@playwright/test';
import { violations } from '../../fixtures/axe.ts';
import { expect, test } from '../../fixtures/desktop-test.ts';

async function judge(page: Page, where: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await violations(page, `${where}, ${colorScheme}`)).toEqual([]);
  }
}

test('axe finds nothing in the settings of the desktop, light and dark', async ({ app, page }) => {
  for (const section of ['desktop', 'data', 'about']) {
    await app.open(`/settings/${section}`);
    await page.locator('[data-setting]').first().waitFor();
    await judge(page, section);
  }
});

test('nor in what a link asks, or why it was refused', async ({ desktop, page }) => {
  const links = [
    'switchyard://provider/add?name=Lab&baseUrl=http%3A%2F%2Flab.example%2Fv1&key=sk-link-0123456789abcdef',
    'switchyard://connect/codex',
    'switchyard://run/anything',
  ];
  for (const link of links) {
    await desktop.electron.evaluate(
      ({ app }, text) => app.emit('open-url', { preventDefault: () => undefined }, text),
      link,
    );
    await page.getByRole('dialog').waitFor();
    await judge(page, link);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
});
