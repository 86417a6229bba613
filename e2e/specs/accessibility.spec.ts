import { violations } from '../fixtures/axe.ts';
import { ask } from '../fixtures/chat.ts';
import { expect, test } from '../fixtures/test.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const locale of ['en-US', 'zh-CN']) {
    test.describe(`${colorScheme}, ${locale}`, () => {
      test.use({ colorScheme, locale });

      test('axe finds nothing on any page', async ({ page, app }) => {
        await ask(app, 'hello');
        await ask(app, '/error 500');
        await app.open('/requests');
        await expect(page.getByRole('row').filter({ hasText: 'demo/chat' })).toHaveCount(2);
        expect(await violations(page, 'requests')).toEqual([]);
        await page.getByRole('row').filter({ hasText: '500' }).click();
        await expect(page.getByRole('tab').first()).toBeVisible();
        expect(await violations(page, 'request detail')).toEqual([]);
        await app.open('/providers');
        await expect(page.getByText('Demo').first()).toBeVisible();
        expect(await violations(page, 'providers')).toEqual([]);
      });
    });
  }
}

for (const width of [375, 1024, 2560]) {
  test(`nothing overflows at ${width} px`, async ({ page, app }) => {
    await page.setViewportSize({ width, height: 900 });
    await ask(app, 'hello');
    await app.open('/requests');
    await expect(page.getByText('demo/chat').first()).toBeVisible();
    for (const path of ['/requests', '/providers']) {
      await app.open(path);
      const overflow = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow).toBe(0);
    }
  });
}
