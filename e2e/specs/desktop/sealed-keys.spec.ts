/** Where there is no keychain: keys are sealed under a passphrase, and used again once it is given after a restart. */
import { startFakeUpstream } from '../../../gateway/testing/fake-upstream.ts';
import { ANSWER } from '../../../gateway/testing/openai-wire.ts';
import type { DesktopApp } from '../../fixtures/desktop-app.ts';
import { expect, test } from '../../fixtures/desktop-test.ts';
import { IS_ELECTRON } from '../../fixtures/electron.ts';
import { filesWith } from '../../fixtures/secret-sweep.ts';
import { tabTo } from '../../fixtures/tab-to.ts';

const KEY = 'sk-e2e-sealed-0000000000007531';
const PASSPHRASE = 'a horse of another colour';
/** A key out of a passphrase takes much work, on purpose. */
const DERIVING = { timeout: 40_000 };

test.use({ start: { demo: false } });
test.skip(process.platform !== 'linux', 'macOS and Windows bring a keychain');

/** A tool's request. @returns its status */
const ask = ({ gatewayAddress }: DesktopApp): Promise<number> =>
  fetch(`${gatewayAddress}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'mine/m', messages: [{ role: 'user', content: 'hello' }] }),
  }).then(({ status }) => status);

test('keys are sealed by keyboard, shown and copied by the host, and unlocked after a restart', async ({
  desktop,
}) => {
  test.slow();
  const upstream = await startFakeUpstream();
  upstream.script((request) => request.json(200, ANSWER));
  const dialogOf = (name: string) => desktop.page.getByRole('dialog', { name });

  await test.step('no keychain: decided in the banner', async () => {
    const { page } = desktop;
    const banner = page.getByRole('alert').filter({ hasText: 'This system has no keychain.' });
    await banner.waitFor();
    await tabTo(page, 'Decide');
    await page.keyboard.press('Enter');
    const dialog = dialogOf('Keep keys in a sealed file?');
    await page.keyboard.type('too short');
    await page.keyboard.press('Enter');
    await expect(dialog).toContainText('A passphrase has at least 12 characters');
    await page.keyboard.type(' no longer');
    await page.keyboard.press('Enter');
    await expect(dialog).toContainText('The two passphrases differ');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await page.keyboard.press('Enter');
    await expect(dialog.getByLabel('Passphrase', { exact: true })).toHaveValue('');
    await page.keyboard.type(PASSPHRASE);
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSPHRASE);
    await page.keyboard.press('Enter');
    await expect(page.getByText('Keys can be used')).toBeVisible(DERIVING);
    await expect(dialog).toBeHidden();
    await expect(banner).toBeHidden();
  });

  await test.step('a key is kept there', async () => {
    const { page } = desktop;
    await desktop.open('/providers');
    await page.getByRole('button', { name: 'Add provider' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Any other address').click();
    await dialog.getByLabel('Id', { exact: true }).fill('mine');
    await dialog.getByLabel('Base URL').fill(upstream.url);
    await dialog.getByLabel('Key', { exact: true }).fill(KEY);
    await dialog.getByRole('button', { name: 'Add provider' }).click();
    await expect(page.getByRole('row').filter({ hasText: '…7531' })).toBeVisible();
    await expect.poll(() => ask(desktop)).toBe(200);
    expect(await filesWith(desktop.root, KEY)).toEqual([]);
  });

  await desktop.restart();

  await test.step('after a restart it waits for the passphrase', async () => {
    const { page } = desktop;
    await expect(page.getByRole('alert').filter({ hasText: 'Your keys are sealed.' })).toBeVisible();
    expect(await ask(desktop)).not.toBe(200);
    await desktop.open('/settings/desktop');
    const place = page.locator('[data-setting="desktop.keychain"]');
    await place.getByRole('button', { name: 'Unlock' }).click();
    const dialog = dialogOf('Unlock your keys');
    await expect(dialog.getByLabel('Passphrase again')).toHaveCount(0);
    await page.keyboard.type('not the passphrase');
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('textbox', { name: 'Passphrase' })).toHaveAttribute(
      'aria-invalid',
      'true',
      DERIVING,
    );
    await dialog.getByLabel('Passphrase').fill(PASSPHRASE);
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden(DERIVING);
    await expect(place).toContainText('secrets.enc');
    await expect.poll(() => ask(desktop)).toBe(200);
    expect(upstream.requests.at(-1)?.headers['authorization']).toBe(`Bearer ${KEY}`);
  });

  await test.step('the host shows and copies it; the page never holds it', async () => {
    const { page } = desktop;
    await desktop.open('/providers/mine');
    await page.getByRole('button', { name: /^Copy key/ }).click();
    await expect(page.getByText('The clipboard is cleared in')).toBeVisible();
    expect(await desktop.clipboard()).toBe(KEY);
    await desktop.electron.evaluate(({ clipboard }) => clipboard.writeText(''));
    await page.getByRole('button', { name: /^Actions on/ }).click();
    await page.getByRole('menuitem', { name: 'Copy key' }).click();
    await expect.poll(() => desktop.clipboard()).toBe(KEY);
    if (!IS_ELECTRON) {
      const asked = () =>
        desktop.electron.evaluate(({ dialog }) => JSON.stringify(Reflect.get(dialog, 'asked')));
      await page.getByRole('button', { name: /^Show key/ }).click();
      await expect.poll(asked).toContain(`${KEY}\\n\\nCloses by itself after 30 seconds.`);
      const once = await asked();
      await page.getByRole('button', { name: /^Actions on/ }).click();
      await page.getByRole('menuitem', { name: 'Show key' }).click();
      await expect.poll(async () => (await asked()).split(KEY).length).toBe(once.split(KEY).length + 1);
    }
    expect(await page.content()).not.toContain(KEY);
  });
  await upstream.close();
});
