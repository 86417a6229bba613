import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { violations } from '../../fixtures/axe.ts';
import { expect, test } from '../../fixtures/browser-test.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const locale of ['en-US', 'zh-CN']) {
    test.describe(`${colorScheme}, ${locale}`, () => {
      test.use({ colorScheme, locale });

      test('axe finds nothing on the log-in page', async ({ page, host }) => {
        await page.goto(host.address);
        await expect(page.locator('input[type=password]')).toBeVisible();
        expect(await violations(page, 'log-in')).toEqual([]);
      });
    });
  }
}

test('a page of another site leads here', async ({ page, host }, testInfo) => {
  const file = testInfo.outputPath('elsewhere.html');
  await writeFile(file, `<meta http-equiv="refresh" content="0;url=${host.address}">`);
  await page.goto(pathToFileURL(file).href);
  await expect(page.locator('input[type=password]')).toBeVisible();
});
