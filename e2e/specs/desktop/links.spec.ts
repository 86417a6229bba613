/** Links of other programs: they show what they want, and nothing happens before the user says so. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { invoke } from '../../fixtures/bridge.ts';
import type { DesktopApp } from '../../fixtures/desktop-app.ts';
import { expect, test } from '../../fixtures/desktop-test.ts';

const KEY = 'sk-link-0123456789abcdef';
const add = (fields: Readonly<Record<string, string>>): string =>
  `switchyard://provider/add?${new URLSearchParams({ name: 'Lab', ...fields }).toString()}`;

/** As macOS hands it over. */
const openUrl = ({ electron }: DesktopApp, url: string): Promise<unknown> =>
  electron.evaluate(({ app }, text) => app.emit('open-url', { preventDefault: () => undefined }, text), url);

/** As the first instance hears of a second one on Windows and Linux. */
const secondInstance = ({ electron }: DesktopApp, url: string): Promise<unknown> =>
  electron.evaluate(({ app }, text) => app.emit('second-instance', {}, ['/opt/switchyard', text]), url);

const providers = async ({ page }: DesktopApp): Promise<string> =>
  JSON.stringify(await invoke(page, 'providers.list'));

test('a provider is added after consent, with its key, which the page never holds', async ({
  desktop,
  page,
}) => {
  const link = add({ baseUrl: 'http://127.0.0.1:9/v1', key: KEY });
  await openUrl(desktop, link);
  const dialog = page.getByRole('dialog', { name: 'Add provider “Lab”?' });
  await expect(dialog).toContainText('http://127.0.0.1:9/v1/chat/completions');
  await expect(dialog).toContainText('on your own computer or network');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  expect(await providers(desktop)).not.toContain('"lab"');
  expect(await page.content()).not.toContain(KEY);

  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(await providers(desktop)).not.toContain('"lab"');

  // Another link, else it would count as the same press.
  await secondInstance(desktop, add({ baseUrl: 'http://127.0.0.1:9/v2', key: KEY }));
  await dialog.getByRole('button', { name: 'Add provider' }).click();
  await expect.poll(() => page.url()).toContain('#/providers/lab');
  await expect.poll(() => providers(desktop)).toContain('"lab"');
  expect(await page.content()).not.toContain(KEY);
  expect(await readFile(join(desktop.folder, 'config.yaml'), 'utf8')).not.toContain(KEY);
});

test('a hundred links at once make one dialog', async ({ desktop, page }) => {
  await desktop.electron.evaluate(({ app }) => {
    for (let count = 0; count < 100; count += 1) {
      app.emit('open-url', { preventDefault: () => undefined }, 'switchyard://connect/codex');
    }
  });
  await expect(page.getByRole('dialog', { name: 'Connect Codex?' })).toBeVisible();
  await page.getByRole('button', { name: 'Show the change' }).click();
  await expect.poll(() => page.url()).toContain('#/connect/codex');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('hostile links are refused with a sentence', async ({ desktop, page }) => {
  const cases = [
    [add({ baseUrl: 'javascript:alert(1)' }), 'Its address cannot be used'],
    [add({ name: 'a\u202eb', baseUrl: 'https://a.example' }), 'cannot be seen'],
    [`switchyard://open/${'x'.repeat(3_000)}`, 'longer than 2,000'],
    ['switchyard://run/anything', 'does not know'],
  ] as const;
  for (const [link, words] of cases) {
    await openUrl(desktop, link);
    const dialog = page.getByRole('dialog', { name: 'A link was refused' });
    await expect(dialog).toContainText(words);
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await expect(dialog).toBeHidden();
  }
});

test('an address that no request of its format could go to is shown, and cannot be added', async ({
  desktop,
  page,
}) => {
  await openUrl(desktop, add({ baseUrl: 'https://lab.example/v1#', dialect: 'gemini' }));
  const dialog = page.getByRole('dialog', { name: 'Add provider “Lab”?' });
  await expect(dialog).toContainText('Its address cannot be used');
  await expect(dialog).toContainText('https://lab.example/v1#');
  await expect(dialog.getByRole('button', { name: 'Add provider' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  expect(await providers(desktop)).not.toContain('"lab"');
});

test('markup in a name is words, before and after consent', async ({ desktop, page }) => {
  const name = '<img src=//evil.example/link onerror=pwned=1>';
  await openUrl(
    desktop,
    add({ name, baseUrl: 'https://lab.example/v1?' + encodeURIComponent('<svg onload=1>') }),
  );
  await openUrl(desktop, add({ name, baseUrl: 'https://lab.example/v1' }));
  const refused = page.getByRole('dialog', { name: 'A link was refused' });
  await refused.getByRole('button', { name: 'Close' }).last().click();
  const dialog = page.getByRole('dialog', { name: `Add provider “${name}”?` });
  await expect(dialog).toContainText(name);
  await dialog.getByRole('button', { name: 'Add provider' }).click();
  await expect(page.getByRole('heading', { level: 2, name })).toBeVisible();
  await expect(page.locator('[data-toast]')).toContainText(name);
  expect(await page.locator('img[src*=evil], [onerror], [onload]').count()).toBe(0);
  expect(await page.evaluate('window.pwned ?? null')).toBeNull();
});

test.describe('that started the app', () => {
  test.use({ start: { args: ['switchyard://connect/zed'] } });

  test('is asked about in the first window', async ({ page }) => {
    await expect(page.getByRole('dialog', { name: 'Connect Zed?' })).toBeVisible();
  });
});

test.describe('where keys have no place', () => {
  test.use({ start: { demo: false } });
  test.skip(process.platform !== 'linux', 'macOS and Windows bring a keychain');

  test('a provider that comes with a key is not added, and the dialog says why', async ({
    desktop,
    page,
  }) => {
    await openUrl(desktop, add({ baseUrl: 'https://lab.example/v1', key: KEY }));
    const dialog = page.getByRole('dialog', { name: 'Add provider “Lab”?' });
    await dialog.getByRole('button', { name: 'Add provider' }).click();
    await expect(dialog.getByRole('alert')).toContainText('Secret Service cannot be reached');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
    // The dialog goes at once, the provider when the configuration is written.
    await expect.poll(() => providers(desktop)).not.toContain('"lab"');
  });
});
