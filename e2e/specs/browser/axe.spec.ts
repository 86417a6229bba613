/** Axe on every page, part and dialog, light and dark; in Chinese on every page: other words, the same elements. */
import type { Page } from '@playwright/test';
import type { SwitchyardApp } from '../../fixtures/app.ts';
import { violationsOver } from '../../fixtures/axe.ts';
import { expect, test } from '../../fixtures/test.ts';
import { fill, FULL } from '../../fixtures/tour/place.ts';
import { PARTS } from '../../fixtures/tour/parts.ts';
import { goTo, leave, STOPS, type Stop } from '../../fixtures/tour/stops.ts';
import { LANGUAGES, wordsOf, type Words } from '../../fixtures/tour/words.ts';

const WIDE = { width: 1_280, height: 720 };
const NARROW = { width: 375, height: 800 };

/** Whole in one theme, its colours in the other too: nothing else differs between them. */
async function judge(page: Page, where: string): Promise<readonly (readonly string[])[]> {
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await violationsOver(page, `${where}, dark`, { coloursOnly: true });
  await page.emulateMedia({ colorScheme: 'light' });
  return [...dark, ...(await violationsOver(page, where))];
}

/** Goes to each stop. @returns what axe found, and which stops were not reached */
async function visit(
  { app, page }: { readonly app: SwitchyardApp; readonly page: Page },
  words: Words,
  stops: readonly Stop[],
  look: (page: Page, where: string) => Promise<readonly (readonly string[])[]>,
): Promise<readonly (readonly string[])[]> {
  const found: (readonly string[])[] = [];
  for (const stop of stops) {
    const failed = await goTo(stop, page, words, (path) => app.open(path));
    if (failed !== null) found.push([failed]);
    else found.push(...(await look(page, stop.name)));
    await leave(stop, page);
  }
  return found;
}
const PAGES = STOPS.filter(({ act }) => act === undefined);

test.use({ start: FULL, actionTimeout: 10_000 });

test('axe finds nothing on any page, part or dialog', async ({ app, page, expectedErrors }) => {
  test.setTimeout(600_000);
  const words = wordsOf(LANGUAGES.en);
  await fill(app);
  const found: (readonly string[])[] = [];
  found.push(...(await visit({ app, page }, words, STOPS, judge)));
  // On a phone pages are put together in another way.
  await page.setViewportSize(NARROW);
  const narrow = await visit({ app, page }, words, PAGES, (here, where) =>
    violationsOver(here, `${where}, narrow`),
  );
  found.push(...narrow);
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
  found.push(...(await visit({ app, page }, words, PARTS, judge)));
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

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' });

  test('axe finds nothing on any page', async ({ app, page }) => {
    test.setTimeout(300_000);
    await fill(app);
    expect(await visit({ app, page }, wordsOf(LANGUAGES['zh-CN']), PAGES, violationsOver)).toEqual([]);
  });
});
