/** Axe on every page, part and dialog: in both languages, light and dark. */
import type { Page } from '@playwright/test';
import { violationsOver } from '../../fixtures/axe.ts';
import { expect, test } from '../../fixtures/test.ts';
import { fill, FULL } from '../../fixtures/tour/place.ts';
import { PARTS } from '../../fixtures/tour/parts.ts';
import { goTo, leave, STOPS, type Stop } from '../../fixtures/tour/stops.ts';
import { LANGUAGES, wordsOf, type Language } from '../../fixtures/tour/words.ts';

const WIDE = { width: 1_280, height: 720 };
const NARROW = { width: 375, height: 800 };

/** Whole in one theme, its colours in the other too: nothing else differs between them. */
async function judge(page: Page, where: string): Promise<readonly (readonly string[])[]> {
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await violationsOver(page, `${where}, dark`, { coloursOnly: true });
  await page.emulateMedia({ colorScheme: 'light' });
  return [...dark, ...(await violationsOver(page, where))];
}

const languages: readonly Language[] = ['en', 'zh-CN'];
for (const language of languages) {
  test.describe(language, () => {
    test.use({
      start: FULL,
      locale: language === 'en' ? 'en-US' : language,
      actionTimeout: 10_000,
      // Colours change at once.
      contextOptions: { reducedMotion: 'reduce' },
    });

    test('axe finds nothing on any page, part or dialog', async ({ app, page, expectedErrors }) => {
      test.setTimeout(600_000);
      const words = wordsOf(LANGUAGES[language]);
      await fill(app);
      const found: (readonly string[])[] = [];
      const visit = async (stops: readonly Stop[]): Promise<void> => {
        for (const stop of stops) {
          const failed = await goTo(stop, page, words, (path) => app.open(path));
          if (failed !== null) found.push([failed]);
          else found.push(...(await judge(page, stop.name)));
          await leave(stop, page);
        }
      };
      await visit(STOPS);
      // On a phone pages are put together in another way.
      await page.setViewportSize(NARROW);
      for (const stop of STOPS.filter(({ act }) => act === undefined)) {
        const failed = await goTo(stop, page, words, (path) => app.open(path));
        if (failed !== null) found.push([failed]);
        else found.push(...(await violationsOver(page, `${stop.name}, narrow`)));
      }
      await app.open('/overview');
      await page.locator('nav > button[aria-haspopup=dialog]').click();
      await page.getByRole('dialog').waitFor();
      found.push(...(await judge(page, 'more pages')));
      await page.keyboard.press('Escape');
      expectedErrors.push(/net::ERR_FAILED/);
      await page.route('**/admin/**', (route) => route.abort());
      await page.reload();
      await page.getByText(words('status.awayHelp')).first().waitFor();
      found.push(...(await judge(page, 'gateway away')));
      await page.unroute('**/admin/**');

      // Last, because they change a file of a tool and who may ask.
      await page.setViewportSize(WIDE);
      await visit(PARTS);
      await app.open('/settings/gateway');
      const keyWord = (name: string): string => words(`settings.items.server.api_key.${name}`);
      await page.getByRole('button', { name: keyWord('make') }).click();
      await page.getByRole('dialog').waitFor();
      found.push(...(await judge(page, 'new client key')));
      await page.getByRole('button', { name: keyWord('done') }).click();
      await page.getByRole('button', { name: keyWord('remove') }).click();
      await page.getByRole('dialog').waitFor();
      found.push(...(await judge(page, 'remove client key')));
      expect(found).toEqual([]);
    });
  });
}
