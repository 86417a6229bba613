/** What only the desktop shows, as axe judges it; every other page is judged in the browser. */
import { violations } from '../../fixtures/axe.ts';
import { expect, test } from '../../fixtures/desktop-test.ts';

test('axe finds nothing in the settings of the desktop, light and dark', async ({ app, page }) => {
  for (const section of ['desktop', 'data', 'about']) {
    await app.open(`/settings/${section}`);
    await page.locator('[data-setting]').first().waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await violations(page, `${section}, ${colorScheme}`)).toEqual([]);
    }
  }
});
