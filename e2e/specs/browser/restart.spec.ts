/** A gateway that is started anew under open pages: they wait, keep what was typed, and go on by themselves. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../fixtures/data-folder.ts';
import { startHost } from '../../fixtures/host.ts';
import { expect, test } from '../../fixtures/browser-test.ts';

test('an open page waits for its gateway and goes on where it was, with what was typed', async ({
  page,
  expectedErrors,
}) => {
  // Chromium reports every try that met nobody, or was cut off.
  expectedErrors.push(/net::ERR_(?:CONNECTION_|EMPTY_RESPONSE|INCOMPLETE_|SOCKET_)/);
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-restart-'));
  const port = String(await freePort());
  const first = await startHost({ folder, port });
  await page.goto(first.logInAddress);
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await page.goto(`${first.address}/#/playground`);
  const banner = page.getByText('This page shows what was known last');
  const message = page.getByRole('textbox', { name: 'Message the model' });
  await message.fill('half a sentence');

  await first.stop();
  await expect(banner).toBeVisible();
  await expect(message).toHaveValue('half a sentence');

  const second = await startHost({ folder, port });
  // Coming back to the tab hurries it; by itself it looks again within some seconds.
  await page.evaluate('dispatchEvent(new Event("focus"))');
  await expect(banner).toBeHidden();
  await expect(page).toHaveURL(/#\/playground/);
  await expect(message).toHaveValue('half a sentence');
  await page.getByRole('link', { name: 'Requests' }).first().click();
  await expect(page.getByRole('heading', { name: 'Requests' })).toBeVisible();
  await page.goto('about:blank');
  await second.stop();
  await rm(folder, { recursive: true });
});
