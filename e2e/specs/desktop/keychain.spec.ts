/** A keychain that is locked while the app is shut: told where it is set, asked for again on demand, and used once open. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import {
  missingPrograms,
  startKeyringSession,
  type KeyringSession,
} from '../../../electron/main/platform/secrets/testing/keyring-session.ts';
import { startFakeUpstream } from '../../../gateway/testing/fake-upstream.ts';
import { ANSWER } from '../../../gateway/testing/openai-wire.ts';
import { expect, test as base } from '../../fixtures/desktop-test.ts';

const KEY = 'sk-e2e-keychain-000000000004242';

const test = base.extend<{ session: KeyringSession }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are wanted.
  session: async ({}, use) => {
    const session = await startKeyringSession();
    await session.startKeyring('unlocked');
    await use(session);
    await session.stop();
  },
  start: async ({ session }, use) => {
    const { DBUS_SESSION_BUS_ADDRESS = '' } = session.environment;
    await use({ demo: false, environment: { DBUS_SESSION_BUS_ADDRESS } });
  },
});
test.skip(process.platform !== 'linux', 'macOS and Windows have a keychain of another kind');
// In continuous integration nothing is skipped: there it fails.
test.skip(missingPrograms.length > 0 && process.env['CI'] !== 'true', 'needs gnome-keyring and dbus');

test('a locked keychain is asked for again by hand, and serves its keys once it is open', async ({
  desktop,
  session,
}) => {
  const upstream = await startFakeUpstream();
  upstream.script((request) => request.json(200, ANSWER));
  const ask = (): Promise<number> =>
    fetch(`${desktop.gatewayAddress}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'mine/m', messages: [{ role: 'user', content: 'hello' }] }),
    }).then(({ status }) => status);
  const notices = (): Promise<readonly string[]> =>
    desktop.electron.evaluate(({ Notification }) => {
      const all: readonly { title: string }[] = Reflect.get(Notification, 'shown');
      return all.map(({ title }) => title).filter((title) => title === 'Stored keys cannot be read');
    });
  const place = () => desktop.page.locator('[data-setting="desktop.keychain"]');

  await desktop.open('/providers');
  await desktop.page.getByRole('button', { name: 'Add provider' }).first().click();
  const adding = desktop.page.getByRole('dialog');
  await adding.getByText('Any other address').click();
  await adding.getByLabel('Id', { exact: true }).fill('mine');
  await adding.getByLabel('Base URL').fill(upstream.url);
  await adding.getByLabel('Key', { exact: true }).fill(KEY);
  await adding.getByRole('button', { name: 'Add provider' }).click();
  await expect(desktop.page.getByRole('row').filter({ hasText: '…4242' })).toBeVisible();
  await expect.poll(ask).toBe(200);
  await desktop.open('/settings/desktop');
  await expect(place()).toContainText('Secret Service');
  await expect(place().getByRole('button')).toHaveCount(0);

  await session.lock();
  await desktop.restart();
  const { page } = desktop;
  await desktop.open('/settings/desktop');
  await expect(place()).toContainText('locked');
  expect(await ask()).not.toBe(200);

  // The other way is looked at, and not taken.
  const sealed = place().getByRole('button', { name: 'Keep keys in a sealed file' });
  await sealed.click();
  const dialog = page.getByRole('dialog', { name: 'Keep keys in a sealed file?' });
  await expect(dialog.getByLabel('Passphrase', { exact: true })).toBeFocused();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await expect(sealed).toBeFocused();

  // The app looks again by itself, but only a press has the system ask its user, who declines twice.
  expect(session.dialogs()).toBe(0);
  await place().getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => session.dialogs()).toBe(1);
  session.dismissDialog();
  const vain = page.getByText('The keychain is still not ready');
  await expect(vain).toHaveCount(1);
  await expect(place()).toContainText('locked');
  const banner = page.getByRole('alert').filter({ hasText: 'The keychain is locked.' });
  await banner.getByRole('button', { name: 'Unlock' }).click();
  await expect.poll(() => session.dialogs()).toBe(2);
  session.dismissDialog();
  await expect(vain).toHaveCount(2);

  await session.killKeyring();
  await session.startKeyring('unlocked');
  await place().getByRole('button', { name: 'Try again' }).click();
  await expect(place().getByRole('button')).toHaveCount(0);
  await expect(banner).toBeHidden();
  await expect.poll(ask).toBe(200);
  expect(upstream.requests.at(-1)?.headers['authorization']).toBe(`Bearer ${KEY}`);

  // It fails again while nobody looks.
  await desktop.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  const before = (await notices()).length;
  await session.lock();
  const path = join(desktop.folder, 'config.yaml');
  const config = parseDocument(await readFile(path, 'utf8'));
  config.addIn(['providers'], { id: 'groq', keys: [{ id: 'k1' }] });
  await writeFile(path, String(config));
  await expect.poll(notices).toHaveLength(before + 1);
  await desktop.electron.evaluate(({ Notification }) => {
    const all: readonly { emit(event: string): void }[] = Reflect.get(Notification, 'shown');
    all.at(-1)?.emit('click');
  });
  await expect(page.getByRole('heading', { name: 'Providers', level: 1 })).toBeVisible();
  await upstream.close();
});
