/** Words that come after the first page: what is drawn before them takes them, and where they are gone that is told. */
import type { Page, Route } from '@playwright/test';
import { expect, test } from '../../fixtures/browser-test.ts';
import { LANGUAGES, wordsOf } from '../../fixtures/tour/words.ts';

test.use({ locale: 'zh-CN' });
const words = wordsOf(LANGUAGES['zh-CN']);

/** The words that pages are made of are asked for first. */
async function secondPart(page: Page, act: (route: Route) => Promise<void>): Promise<void> {
  let first: string | undefined;
  await page.route(/\/assets\/zh-CN-/, (route) => {
    first ??= route.request().url();
    return route.request().url() === first ? route.continue() : act(route);
  });
}

test('words that a newer gateway no longer has are told', async ({ page, host, expectedErrors }) => {
  expectedErrors.push(/status of 404/);
  await secondPart(page, (route) => route.fulfill({ status: 404, body: '' }));
  await page.goto(host.logInAddress);
  await expect(page.getByText(words('common.partMissing'))).toBeVisible();
});
