/** A configuration with several faults: each stands in a line with its place, however many there are. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { violations } from '../../fixtures/axe.ts';
import { expect, test } from '../../fixtures/test.ts';

const NARROW = { width: 375, height: 700 };
/** Faults that are named; the others are counted. */
const NAMED = 12;
const WORDS = {
  'en-GB': {
    problem: '1 problem',
    copy: 'Copy problems',
    line: (number: number) => `line ${number}`,
    more: 'and 48 more problems',
    import: 'Import',
  },
  'zh-CN': {
    problem: '1 个问题',
    copy: '复制问题',
    line: (number: number) => `第 ${number} 行`,
    more: '另有 48 处问题',
    import: '导入',
  },
} as const;

/** A setting without a meaning in each line. */
const withFaults = (count: number): string =>
  `server:\n${Array.from({ length: count }, (_, index) => `  odd_${index}: 1\n`).join('')}`;

async function expectLines(
  place: Locator,
  count: number,
  words: (typeof WORDS)['en-GB' | 'zh-CN'],
): Promise<void> {
  const lines = place.getByRole('list').last().getByRole('listitem');
  await expect(lines).toHaveCount(Math.min(count, NAMED + 1));
  await expect(lines.first()).toContainText('server.odd_0');
  await expect(lines.first()).toContainText(words.line(2));
  if (count > NAMED) await expect(lines.last()).toContainText(words.more);
}

/** Nothing of a place goes out of the window at its side. */
async function expectWithin(page: Page, place: Locator): Promise<void> {
  const box = await place.boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(NARROW.width);
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(NARROW.width);
}

for (const locale of ['en-GB', 'zh-CN'] as const) {
  for (const count of [3, 60]) {
    test.describe(`${count} faults, ${locale}`, () => {
      // A file that is refused is one that the browser tells of.
      test.use({ locale, viewport: NARROW, expectedErrors: [/status of 400/] });
      const words = WORDS[locale];

      test('the file: in its row of the settings, and under the problems', async ({ app, page }) => {
        await app.open('/settings/data');
        await writeFile(join(app.folder, 'config.yaml'), withFaults(count));
        const alert = page.locator('[data-setting="data.configFile"]').getByRole('alert');
        await expectLines(alert, count, words);
        await expectWithin(page, alert);
        expect(await violations(page, 'row')).toEqual([]);

        await alert.getByRole('button', { name: words.copy }).press('Enter');
        const copied = (await app.clipboard()).split('\n');
        expect(copied).toHaveLength(Math.min(count, NAMED + 1));
        expect(copied[2]).toContain('server.odd_2');

        await page.getByRole('button', { name: words.problem }).press('Enter');
        const panel = page.getByRole('dialog');
        await expectLines(panel, count, words);
        await expectWithin(page, panel);
        // By keyboard alone to the last line.
        await panel.getByRole('button', { name: words.copy }).focus();
        await page.keyboard.press('End');
        await expect(panel.getByRole('listitem').last()).toBeInViewport();
        expect((await violations(page, 'panel')).filter(([, rule]) => rule !== 'region')).toEqual([]);
      });

      test('a file that is to be imported', async ({ app, page }) => {
        await app.open('/settings/data');
        await page
          .locator('[data-setting="data.transfer"]')
          .getByRole('button', { name: words.import })
          .click();
        const dialog = page.getByRole('dialog');
        await dialog.locator('input[type=file]').setInputFiles({
          name: 'theirs.yaml',
          mimeType: 'application/yaml',
          buffer: Buffer.from(withFaults(count)),
        });
        await expectLines(dialog.getByRole('alert'), count, words);
        await expectWithin(page, dialog);
        await dialog.getByRole('button', { name: words.copy }).focus();
        await page.keyboard.press('End');
        await expect(dialog.getByRole('listitem').last()).toBeInViewport();
        expect((await violations(page, 'dialog')).filter(([, rule]) => rule !== 'region')).toEqual([]);
      });
    });
  }
}
