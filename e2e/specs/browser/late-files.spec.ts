/** Pages that are first wanted while nobody serves them: told over the page before, and opened by themselves. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../fixtures/data-folder.ts';
import { startHost } from '../../fixtures/host.ts';
import { expect, test } from '../../fixtures/browser-test.ts';

/** A machine that never rests: no page is fetched before it is opened. */
const NEVER_IDLE = 'window.requestIdleCallback = () => 0';

test('a page that was not loaded yet comes by itself once the gateway is back, with its looks', async ({
  page,
  expectedErrors,
}) => {
  // Chromium reports every try that met nobody, or was cut off.
  expectedErrors.push(/net::ERR_(?:CONNECTION_|EMPTY_RESPONSE|INCOMPLETE_|SOCKET_)/);
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-late-'));
  const port = String(await freePort());
  const first = await startHost({ folder, port });
  await page.addInitScript(NEVER_IDLE);
  await page.goto(first.logInAddress);
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await page.goto(`${first.address}/#/playground`);
  const message = page.getByRole('textbox', { name: 'Message the model' });
  await message.fill('half a sentence');

  await first.stop();
  await page.getByRole('link', { name: 'Requests' }).first().click();
  const waits = page.getByText('Requests opens as soon as the gateway answers');
  await expect(waits).toBeVisible();
  await expect(message).toBeHidden();
  await page.getByRole('button', { name: 'Back to Playground' }).click();
  await expect(message).toHaveValue('half a sentence');
  await page.getByRole('link', { name: 'Requests' }).first().click();
  await expect(waits).toBeVisible();

  const second = await startHost({ folder, port });
  // Coming back to the tab hurries it; by itself it looks again within some seconds.
  await page.evaluate('dispatchEvent(new Event("focus"))');
  await expect(page).toHaveURL(/#\/requests/);
  await expect(page.getByRole('heading', { name: 'Requests' })).toBeVisible();
  await expect(waits).toBeHidden();
  // A style that did not come the first time came with the page.
  const styled = '[...document.querySelectorAll("link[rel=stylesheet]")].every((link) => link.sheet)';
  await expect.poll(() => page.evaluate(styled)).toBe(true);
  await page.goto('about:blank');
  await second.stop();
  await rm(folder, { recursive: true });
});

test('a page whose files a newer gateway no longer has is loaded anew once, and never in a loop', async ({
  page,
  host,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 404/);
  const loads: string[] = [];
  page.on('domcontentloaded', (loaded) => loads.push(loaded.url()));
  let gone = true;
  await page.addInitScript(NEVER_IDLE);
  await page.goto(host.logInAddress);
  await expect(page.getByRole('navigation').first()).toBeVisible();
  // All files of pages have other names in a newer version.
  await page.route(/\/assets\/Page-/, async (route) =>
    gone ? route.fulfill({ status: 404, body: '' }) : route.continue(),
  );
  const before = loads.length;
  await page.getByRole('link', { name: 'Routing' }).first().click();
  await expect(page.getByText('Routing has to be loaded anew')).toBeVisible();
  await expect.poll(() => loads.length).toBe(before + 1);
  // The page that was loaded anew has asked for its files too, and had none.
  const anew = page.getByRole('button', { name: 'Load anew' });
  await expect(anew).toBeVisible();
  gone = false;
  await anew.click();
  await expect(page.getByRole('heading', { name: 'Routing' })).toBeVisible();
});
