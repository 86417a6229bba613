/** An interface that does not come: the page says so in its language, and how to go on. */
import { violations } from '../../fixtures/axe.ts';
import { expect, test } from '../../fixtures/browser-test.ts';

const ENTRY = /\/assets\/index-[^/]*\.js$/;

test('an entry that does not load is told, and "Try again" brings the page, logged in', async ({
  page,
  host,
  expectedErrors,
}) => {
  expectedErrors.push(/net::ERR_CONNECTION_REFUSED/);
  await page.route(ENTRY, (route) => route.abort('connectionrefused'));
  await page.goto(host.logInAddress);
  const told = page.getByRole('alert');
  await expect(told).toContainText('Switchyard did not load');
  await expect(told).toContainText('The gateway may have been stopped');
  expect(await violations(page, 'an entry that does not load')).toEqual([]);
  await page.unroute(ENTRY);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await expect(told).toBeHidden();
});

test('so is a file that the entry needs, in Chinese', async ({ page, host, expectedErrors }) => {
  expectedErrors.push(/status of 502/);
  await page.addInitScript("localStorage.setItem('switchyard.language', 'zh-CN')");
  await page.route(/\/assets\/common-[^/]*\.js$/, (route) => route.fulfill({ status: 502, body: '' }));
  await page.goto(host.logInAddress);
  await expect(page.getByRole('alert')).toContainText('Switchyard 未能加载');
  await expect(page.getByRole('button', { name: '重试' })).toBeVisible();
});

test('so is one that it asks for later', async ({ page, host, expectedErrors }) => {
  expectedErrors.push(/net::ERR_FAILED/, /Failed to fetch dynamically imported module/);
  await page.route(/\/assets\/start-browser-[^/]*\.js$/, (route) => route.abort());
  await page.goto(host.logInAddress);
  await expect(page.getByRole('alert')).toContainText('Switchyard did not load');
});

test('a page of which no script comes says so in both languages, and a link loads it anew', async ({
  page,
  host,
  expectedErrors,
}) => {
  expectedErrors.push(/net::ERR_CONNECTION_REFUSED/);
  const scripts = /\.js$/;
  await page.goto(host.logInAddress);
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await page.route(scripts, (route) => route.abort('connectionrefused'));
  await page.reload();
  await expect(page.getByText('The page did not load. Reload')).toBeVisible();
  await expect(page.getByText('页面未能加载。重新加载')).toBeVisible();
  expect(await violations(page, 'a page without scripts')).toEqual([]);
  await page.unroute(scripts);
  await page.getByRole('link', { name: 'Reload' }).press('Enter');
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await expect(page.getByText('did not load')).toHaveCount(0);
});

test('without the file that is there first the interface comes all the same', async ({
  page,
  host,
  expectedErrors,
}) => {
  expectedErrors.push(/net::ERR_CONNECTION_REFUSED/);
  await page.route(/first-paint\.js$/, (route) => route.abort('connectionrefused'));
  await page.goto(host.logInAddress);
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await expect(page.getByText('did not load')).toHaveCount(0);
});

test('a line that is slow and works is waited for, and what is late takes the place of the words', async ({
  page,
  host,
}) => {
  await page.clock.install();
  let deliver = (): void => undefined;
  const wanted = new Promise<void>((resolve) => (deliver = resolve));
  const asked = page.waitForRequest(ENTRY);
  await page.route(ENTRY, async (route) => {
    await wanted;
    await route.continue();
  });
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/admin/login', async (route) => {
    await answered;
    await route.continue();
  });
  const gone = page.goto(host.logInAddress);
  await asked;
  await page.clock.fastForward('05:00');
  await expect(page.getByRole('alert')).toHaveCount(0);

  const login = page.waitForRequest('**/admin/login');
  deliver();
  await gone;
  await login;
  // Everything has come but an answer of the gateway.
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.clock.fastForward('00:20');
  await expect(page.getByRole('alert')).toBeVisible();
  answer();
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});
