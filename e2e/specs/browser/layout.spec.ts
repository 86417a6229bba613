/** Every page at the widths and zooms people have, in both languages and with words 30 % longer than ours. */
import type { Page } from '@playwright/test';
import type { SwitchyardApp } from '../../fixtures/app.ts';
import { expect, test } from '../../fixtures/test.ts';
import { layoutFaults } from '../../fixtures/tour/layout.ts';
import { fill, FULL } from '../../fixtures/tour/place.ts';
import { goTo, leave, STOPS } from '../../fixtures/tour/stops.ts';
import { LANGUAGES, lengthened, mapWords, wordsOf, type Words } from '../../fixtures/tour/words.ts';

const SIZES = [
  { width: 375, height: 800 },
  { width: 768, height: 1_024 },
  // A small laptop: two panes beside one another, neither with much room.
  { width: 1_120, height: 700 },
  { width: 1_440, height: 900 },
  { width: 2_560, height: 1_300 },
] as const;
/** What 1,440 by 900 leaves at 200 % zoom. */
const ZOOMED = { width: 720, height: 450 } as const;

async function judge(
  app: SwitchyardApp,
  page: Page,
  words: Words,
  sizes: readonly { readonly width: number; readonly height: number }[],
): Promise<void> {
  // What is wrong on every page is told once.
  const faults = new Map<string, string[]>();
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const stop of STOPS) {
      const failed = await goTo(stop, page, words, (path) => app.open(path));
      for (const fault of failed === null ? await layoutFaults(page) : [failed])
        faults.set(fault, [...(faults.get(fault) ?? []), `${stop.name} at ${size.width}`]);
      await leave(stop, page);
    }
  }
  const told = [...faults].map(([fault, [first, ...more]]) => `${first} and ${more.length} more: ${fault}`);
  expect(told).toEqual([]);
}

test.use({ start: FULL, actionTimeout: 10_000 });

test('nothing is cut, covered or out of reach at any width and zoom', async ({ app, page }) => {
  test.setTimeout(480_000);
  await fill(app);
  await judge(app, page, wordsOf(LANGUAGES.en), [...SIZES, ZOOMED]);
});

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' });

  test('neither there, on a phone and on a small laptop', async ({ app, page }) => {
    test.setTimeout(480_000);
    await fill(app);
    await judge(app, page, wordsOf(LANGUAGES['zh-CN']), [SIZES[0], SIZES[2]]);
  });
});

test('nor where words are 30 % longer', async ({ app, page }) => {
  test.setTimeout(480_000);
  const messages = mapWords(LANGUAGES.en, lengthened);
  const names = Object.keys(LANGUAGES.en).join(', ');
  await page.route(/\/assets\/en-[\w-]+\.js$/, (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `const words = ${JSON.stringify(messages)};\nexport default words;\nexport const { ${names} } = words;`,
    }),
  );
  await page.reload();
  await page.locator('main h1').first().waitFor();
  await fill(app);
  await judge(app, page, wordsOf(messages), [SIZES[0], SIZES[3], ZOOMED]);
});
