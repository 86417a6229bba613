/** Pages are fetched ahead, after the first one stands, so that opening one waits for no file. */
import { expect, test } from '../../fixtures/browser-test.ts';

test('pages that were fetched ahead open without a file of theirs, also while nobody serves any', async ({
  page,
  host,
}) => {
  const files = new Set<string>();
  page.on('requestfinished', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/assets/')) files.add(pathname);
  });
  await page.goto(host.logInAddress);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const atFirst = files.size;
  // The last of them: what else is fetched has come by then.
  await expect.poll(() => [...files].some((path) => path.includes('/Palette-'))).toBe(true);
  expect(files.size).toBeGreaterThan(atFirst);

  const blocked: string[] = [];
  await page.route('**/assets/Page-*', async (route) => {
    blocked.push(route.request().url());
    await route.abort();
  });
  for (const name of ['Requests', 'Playground', 'Models', 'Providers', 'Routing', 'Connect', 'Settings']) {
    await page.getByRole('link', { name, exact: true }).first().click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  }
  expect(blocked).toEqual([]);
});
