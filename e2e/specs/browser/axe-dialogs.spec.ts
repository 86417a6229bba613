/** Axe on what opens over the pages beside the main dialogs of axe.spec.ts: light and dark. Pages in Chinese: there. */
import { violations } from '../../fixtures/axe.ts';
import { expect, test } from '../../fixtures/test.ts';
import { DIALOGS } from '../../fixtures/tour/dialogs.ts';
import { fill, FULL } from '../../fixtures/tour/place.ts';
import { goTo } from '../../fixtures/tour/stops.ts';
import { LANGUAGES, wordsOf } from '../../fixtures/tour/words.ts';

test.use({ start: FULL, actionTimeout: 10_000 });

test('axe finds nothing in any dialog, popover or menu', async ({ app, page }) => {
  test.setTimeout(300_000);
  const words = wordsOf(LANGUAGES.en);
  await fill(app);
  const found: (readonly string[])[] = [];
  for (const stop of DIALOGS) {
    const failed = await goTo(stop, page, words, (path) => app.open(path));
    if (failed === null) {
      await page.emulateMedia({ colorScheme: 'dark' });
      found.push(...(await violations(page, `${stop.name}, dark`, { coloursOnly: true })));
      await page.emulateMedia({ colorScheme: 'light' });
      found.push(...(await violations(page, stop.name)));
    } else found.push([failed]);
    // Surely closed, whatever has the focus.
    await page.reload();
  }
  // They hang on the body, over the landmarks of the page.
  expect(found.filter(([, rule]) => rule !== 'region')).toEqual([]);
});
