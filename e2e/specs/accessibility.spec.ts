import { AxeBuilder } from '@axe-core/playwright';
import { ask } from '../fixtures/chat.ts';
import { expect, test } from '../fixtures/test.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const locale of ['en-US', 'zh-CN']) {
    test.describe(`${colorScheme}, ${locale}`, () => {
      test.use({ colorScheme, locale });

      test('axe finds nothing on any page', async ({ page, host }) => {
        const check = async (where: string): Promise<void> => {
          const { violations } = await new AxeBuilder({ page }).analyze();
          expect(violations.map(({ id, nodes }) => [where, id, nodes[0]?.html])).toEqual([]);
        };
        await ask(host, 'hello');
        await ask(host, '/error 500');
        await page.goto(host.logInAddress);
        await expect(page.getByRole('row').filter({ hasText: 'demo/chat' })).toHaveCount(2);
        await check('requests');
        await page.getByRole('row').filter({ hasText: '500' }).click();
        await expect(page.getByRole('tab').first()).toBeVisible();
        await check('request detail');
        await page.goto(`${host.address}/#/providers`);
        await expect(page.getByText('Demo').first()).toBeVisible();
        await check('providers');
        await page.context().clearCookies();
        await page.reload();
        await expect(page.locator('input[type=password]')).toBeVisible();
        await check('log-in');
      });
    });
  }
}

for (const width of [375, 1024, 2560]) {
  test(`nothing overflows at ${width} px`, async ({ page, host }) => {
    await page.setViewportSize({ width, height: 900 });
    await ask(host, 'hello');
    await page.goto(host.logInAddress);
    await expect(page.getByText('demo/chat').first()).toBeVisible();
    for (const path of ['', '#/providers']) {
      await page.goto(`${host.address}/${path}`);
      const overflow = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow).toBe(0);
    }
  });
}
