/** Settings that are looked at and left as they are: every dialog is given up, and nothing was done. Prices go back. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { SwitchyardApp } from '../fixtures/app.ts';
import { ask } from '../fixtures/chat.ts';
import { giveUp } from '../fixtures/given-up.ts';
import { expect, test } from '../fixtures/test.ts';

const configOf = ({ folder }: SwitchyardApp): Promise<string> =>
  readFile(join(folder, 'config.yaml'), 'utf8');
const row = (page: Page, id: string): Locator => page.locator(`[data-setting="${id}"]`);

/** Nothing answers there, so that no test reaches the internet. */
test.use({ start: { config: 'network: { proxy: "http://127.0.0.1:9" }\n' } });

test('an import, back-ups, the log and the client key are asked about, and kept', async ({ app, page }) => {
  const dialog = page.getByRole('dialog');
  await test.step('an import whose many lines are looked through', async () => {
    await app.open('/settings/data');
    const before = await configOf(app);
    const open = row(page, 'data.transfer').getByRole('button', { name: 'Import' });
    await open.click();
    const lines = Array.from({ length: 1_200 }, (_, place) => `# line ${place + 1}`).join('\n');
    const chooser = page.waitForEvent('filechooser');
    await dialog.getByLabel('Configuration file to import').click();
    await (
      await chooser
    ).setFiles([{ name: 'config.yaml', mimeType: 'text/plain', buffer: Buffer.from(`${before}${lines}\n`) }]);
    const diff = dialog.getByRole('figure');
    await expect(diff).toContainText('# line 100');
    await expect(diff).not.toContainText('# line 1200');
    const more = diff.getByRole('button', { name: /more lines$/ });
    await more.click();
    await expect(diff).toContainText('# line 900');
    await more.click();
    await expect(diff).toContainText('# line 1200');
    await expect(more).toBeHidden();
    await giveUp(open, 'Cancel');
    await open.click();
    await expect(diff).toHaveCount(0);
    await giveUp(open, 'Escape');
    expect(await configOf(app)).toBe(before);
  });

  await test.step('back-ups', async () => {
    await app.open('/settings/backup');
    const copies = row(page, 'backup.copies');
    const make = copies.getByRole('button', { name: 'Back up now' });
    for (const by of ['Cancel', 'Escape'] as const) {
      await make.click();
      await giveUp(make, by);
    }
    await expect(copies).toContainText('There are no back-ups yet.');
    await make.click();
    await dialog.getByRole('button', { name: 'Back up now' }).click();
    await expect(copies.getByRole('listitem')).toHaveCount(1);
    for (const name of [/^Restore/, /^Delete/]) {
      const act = copies.getByRole('listitem').getByRole('button', { name });
      for (const by of ['Cancel', 'Escape'] as const) {
        await act.click();
        await giveUp(act, by);
      }
    }
    await expect(copies.getByRole('listitem')).toHaveCount(1);
    await expect(copies).not.toContainText('is restored with the next start');
  });

  await test.step('the log', async () => {
    await ask(app, 'hello');
    await app.open('/settings/requests');
    const clear = row(page, 'requests.clear').getByRole('button', { name: 'Delete requests' });
    for (const by of ['Cancel', 'Escape'] as const) {
      await clear.click();
      await giveUp(clear, by);
    }
    await app.open('/requests');
    await expect(page.getByRole('row').filter({ hasText: 'demo/chat' })).toHaveCount(1);
  });

  await test.step('the client key', async () => {
    await app.open('/settings/gateway');
    const setting = row(page, 'server.api_key');
    await setting.getByRole('button', { name: 'Make a key' }).click();
    const key = await dialog.getByRole('code').innerText();
    // The first press is for the tooltip of the button that has the focus; none loses what is seen this once.
    await expect(page.getByRole('tooltip')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeVisible();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.locator('body')).not.toContainText(key);
    for (const name of ['Replace', 'Remove']) {
      const act = setting.getByRole('button', { name });
      for (const by of ['Cancel', 'Escape'] as const) {
        await act.click();
        await giveUp(act, by);
      }
    }
    const answer = await fetch(`${app.gatewayAddress}/v1/models`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(answer.status).toBe(200);
    expect((await fetch(`${app.gatewayAddress}/v1/models`)).status).toBe(401);
  });
});

test('prices that were fetched once give way to those of the app; newer ones that do not come are told of', async ({
  app,
}) => {
  const providers = ['openai', 'anthropic', 'google', 'openrouter'].map((id) => ({
    id,
    api_pattern: `https://${id}.example`,
    models: [],
  }));
  await writeFile(
    join(app.folder, 'prices.json'),
    JSON.stringify({ version: 1, asOf: '2099-01-31', fetchedAt: Date.now(), data: providers }),
  );
  await app.restart();
  await app.open('/settings/data');
  const prices = row(app.page, 'data.prices');
  await expect(prices).toContainText('Of Jan 31, 2099, fetched: 0 models.');
  await prices.getByRole('button', { name: 'Back to those of the app' }).click();
  await expect(prices).toContainText('as they came with the app');
  await expect(prices.getByRole('button', { name: 'Back to those of the app' })).toBeHidden();
  await prices.getByRole('button', { name: 'Fetch newer prices' }).click();
  await expect(prices.getByRole('alert')).toContainText('New prices could not be fetched from');
  await expect(prices.getByRole('button', { name: 'Fetch newer prices' })).toBeEnabled();
});
