/** Every setting is changed and reset, and what the settings do beside that is done once. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { SwitchyardApp } from '../fixtures/app.ts';
import { ask } from '../fixtures/chat.ts';
import { expect, test } from '../fixtures/test.ts';

const configOf = ({ folder }: SwitchyardApp): Promise<string> =>
  readFile(join(folder, 'config.yaml'), 'utf8');
const row = (page: Page, id: string): Locator => page.locator(`[data-setting="${id}"]`);

/** What is written into each field; `null` presses the switch, an object chooses. */
const CHANGES: Readonly<
  Record<string, Readonly<Record<string, string | null | { readonly label: string }>>>
> = {
  gateway: { 'server.max_in_flight': '50', 'server.allowed_origins': 'https://app.example' },
  network: { 'network.no_proxy': '.example.com' },
  requests: {
    'requests.bodies': { label: 'All but the bodies' },
    'requests.keep.rows': '1000',
    'requests.keep.size': '2',
  },
  routing: {
    'routing.default_model': 'demo/chat',
    'routing.deadline': '7',
    'routing.max_consecutive_failures': '4',
    'routing.cooldown.base': '3',
    'routing.cooldown.ceiling': '400',
    'routing.health_check_interval': '9',
  },
  timeouts: {
    'routing.timeout.connect': '9',
    'routing.timeout.first_content': '99',
    'routing.timeout.idle': '88',
    'routing.timeout.total': '777',
  },
  protection: {
    'guards.max_query_length': '900',
    'cache.enabled': null,
    'cache.ttl': '33',
    'cache.max_size': '44',
  },
  monitoring: { 'monitoring.enabled': null },
  logging: {
    'logging.level': { label: 'Warnings' },
    'logging.destination': { label: 'File' },
    'logging.max_size': '3',
    'logging.max_files': '7',
  },
  backup: { 'backup.every': '48', 'backup.keep': '3' },
};

async function change(setting: Locator, to: string | null | { readonly label: string }): Promise<void> {
  if (to === null) return setting.getByRole('switch').click();
  if (typeof to === 'object') {
    const options = setting.getByRole('combobox');
    if ((await options.count()) === 0) await setting.getByRole('button', { name: to.label }).click();
    else await options.selectOption(to);
    return;
  }
  const field = setting.getByRole('textbox').or(setting.getByRole('combobox'));
  await field.fill(to);
  await field.press('Enter');
}

test('every setting is changed, marked, found among the changed ones, and reset', async ({ app, page }) => {
  test.slow();
  await app.open('/settings');
  const sections = page.getByRole('navigation', { name: 'Sections of the settings' });
  for (const [section, changes] of Object.entries(CHANGES)) {
    await app.open(`/settings/${section}`);
    for (const [id, to] of Object.entries(changes)) {
      await change(row(page, id), to);
      await expect(row(page, id).getByRole('img', { name: 'Changed from its default' })).toBeVisible();
    }
  }
  await sections.getByRole('button', { name: 'Appearance' }).click();
  await expect(row(page, 'appearance.theme')).toBeVisible();
  // The key of the page shows what was changed, over all sections.
  await page.keyboard.press('c');
  const marks = page.getByRole('img', { name: 'Changed from its default' });
  const changed = Object.values(CHANGES).flatMap((changes) => Object.keys(changes));
  for (const id of changed) await expect(row(page, id)).toBeVisible();
  for (const id of changed) {
    await row(page, id)
      .getByRole('button', { name: /^Reset/ })
      .click();
    await expect(row(page, id).getByRole('img', { name: 'Changed from its default' })).toBeHidden();
  }
  // The port of a test is never the usual one.
  await expect(marks).toHaveCount(1);
  await page.evaluate('document.activeElement?.blur()');
  await page.keyboard.press('c');
  await expect(row(page, 'appearance.theme')).toBeVisible();
});

test('the last change is undone by its key and by its button; a proxy is written as an address', async ({
  app,
  page,
}) => {
  await app.open('/settings/routing');
  const retries = row(page, 'routing.retries').getByRole('textbox');
  await retries.fill('5');
  await retries.press('Enter');
  await expect.poll(() => configOf(app)).toContain('retries: 5');
  await page.getByRole('button', { name: 'Undo the change of Extra attempts per request' }).click();
  await expect(retries).toHaveValue('3');
  await retries.fill('6');
  await retries.press('Enter');
  await expect.poll(() => configOf(app)).toContain('retries: 6');
  await page.locator('main').getByRole('heading', { name: 'Routing' }).first().click();
  await page.evaluate('document.activeElement?.blur()');
  await page.keyboard.press('u');
  await expect(retries).toHaveValue('3');

  await app.open('/settings/network');
  const proxy = row(page, 'network.proxy');
  await proxy.getByRole('combobox').selectOption('This address');
  await proxy.getByRole('textbox').fill('proxy.example');
  await proxy.getByRole('textbox').press('Enter');
  await expect(proxy).toContainText('Write an HTTP proxy such as');
  await proxy.getByRole('textbox').fill('http://proxy.example:3128');
  await proxy.getByRole('textbox').press('Enter');
  await expect.poll(() => configOf(app)).toContain('http://proxy.example:3128');
  await proxy.getByRole('combobox').selectOption('None');
  await expect.poll(() => configOf(app)).not.toContain('proxy.example');
});

test('the configuration goes out as a file, and another comes in after a look at what changes', async ({
  app,
  page,
  expectedErrors,
}) => {
  // The browser logs the refusal by itself.
  expectedErrors.push(/status of 400/);
  await app.open('/settings/data');
  const transfer = row(page, 'data.transfer');
  const { name, path } = await app.download(() => transfer.getByRole('button', { name: 'Export' }).click());
  expect(name).toMatch(/\.yaml$/);
  const file = await readFile(path, 'utf8');
  expect(file).toContain('port:');

  await transfer.getByRole('button', { name: 'Import' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import a configuration' });
  const give = (text: string): Promise<void> =>
    dialog
      .getByLabel('Configuration file to import')
      .setInputFiles([{ name: 'config.yaml', mimeType: 'text/plain', buffer: Buffer.from(text) }]);
  await give(file);
  await expect(dialog).toContainText('Nothing would change.');
  await expect(dialog.getByRole('button', { name: 'Apply' })).toBeDisabled();
  await give('models: 3\n');
  await expect(dialog.getByText(/models/).first()).toBeVisible();
  await give(`${file}\nmodels: [{ id: quick, targets: [{ model: demo/chat }] }]\n`);
  await expect(dialog.getByRole('figure')).toContainText('quick');
  expect(await configOf(app)).not.toContain('quick');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('Configuration imported')).toBeVisible();
  await expect.poll(() => configOf(app)).toContain('quick');
  await expect(page.getByText(/^The one of before lies in/)).toBeVisible();
});

/** A key out of a passphrase takes much work, on purpose. */
const DERIVING = { timeout: 40_000 };

test.describe('where keys are kept', () => {
  test.use({
    start: { demo: false, keychain: true, environment: { SWITCHYARD_MASTER_KEY: 'c'.repeat(64) } },
  });

  test('back-ups are made, with keys and without, prepared to be restored, and deleted', async ({
    app,
    page,
    expectedErrors,
  }) => {
    test.slow();
    // The browser logs the refusal by itself.
    expectedErrors.push(/status of 4\d\d/);
    await app.open('/settings/backup');
    const copies = row(page, 'backup.copies');
    await expect(copies).toContainText('There are no back-ups yet.');
    const dialog = page.getByRole('dialog');
    await copies.getByRole('button', { name: 'Back up now' }).click();
    await dialog.getByRole('switch', { name: 'With the keys, sealed under a passphrase' }).click();
    await dialog.getByLabel('Passphrase', { exact: true }).fill('a long passphrase');
    await dialog.getByLabel('Passphrase again').fill('another one entirely');
    await dialog.getByRole('button', { name: 'Back up now' }).click();
    await expect(dialog).toContainText('The two passphrases differ');
    await dialog.getByLabel('Passphrase again').fill('a long passphrase');
    await dialog.getByRole('button', { name: 'Back up now' }).click();
    await expect(dialog).toBeHidden(DERIVING);
    const list = copies.getByRole('listitem');
    await expect(list).toHaveCount(1);
    await expect(list.first()).toContainText('With keys');

    await list
      .first()
      .getByRole('button', { name: /^Restore/ })
      .click();
    await dialog.getByLabel('Passphrase').fill('not the passphrase');
    await dialog.getByRole('button', { name: 'Restore' }).click();
    await expect(dialog.getByRole('alert').or(dialog.locator('[aria-invalid=true]')).first()).toBeVisible(
      DERIVING,
    );
    await dialog.getByLabel('Passphrase').fill('a long passphrase');
    await dialog.getByRole('button', { name: 'Restore' }).click();
    await expect(copies).toContainText('is restored with the next start', DERIVING);
    await copies.getByRole('button', { name: 'Do not restore' }).click();
    await expect(copies).not.toContainText('is restored with the next start');
    await list
      .first()
      .getByRole('button', { name: /^Delete/ })
      .click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect(copies).toContainText('There are no back-ups yet.');
  });
});

test('a back-up brings everything back with the next start', async ({ app, page }) => {
  await app.open('/settings/routing');
  const set = async (to: string): Promise<void> => {
    const field = row(page, 'routing.retries').getByRole('textbox');
    await field.fill(to);
    await field.press('Enter');
    await expect.poll(() => configOf(app)).toContain(`retries: ${to}`);
  };
  await set('5');
  await app.open('/settings/backup');
  const copies = row(page, 'backup.copies');
  await copies.getByRole('button', { name: 'Back up now' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Back up now' }).click();
  await expect(copies.getByRole('listitem')).toHaveCount(1);
  await app.open('/settings/routing');
  await set('6');
  await app.open('/settings/backup');
  await copies
    .getByRole('listitem')
    .getByRole('button', { name: /^Restore/ })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
  await expect(copies).toContainText('is restored with the next start');
  await app.restart();
  await app.open('/settings/routing');
  await expect(row(app.page, 'routing.retries').getByRole('textbox')).toHaveValue('5');
});

test('the log is emptied, paths are copied, licences searched, every outbound call told', async ({
  app,
  page,
}) => {
  await ask(app, 'hello');
  await app.open('/settings/requests');
  await row(page, 'requests.clear').getByRole('button', { name: 'Delete requests' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete requests' }).click();
  await expect(page.getByText('1 request deleted')).toBeVisible();
  await app.open('/settings/data');
  await row(page, 'data.configFile').getByRole('button', { name: 'Copy path' }).click();
  await expect.poll(() => app.clipboard()).toBe(join(app.folder, 'config.yaml'));
  await row(page, 'data.folder').getByRole('button', { name: 'Copy path' }).click();
  await expect.poll(() => app.clipboard()).toBe(app.folder);

  await app.open('/settings/about');
  await row(page, 'about.licence').getByRole('button', { name: 'Third-party licences' }).click();
  const dialog = page.getByRole('dialog', { name: 'Third-party licences' });
  await dialog.getByRole('searchbox', { name: 'Search by name or licence' }).fill('reka-ui');
  await dialog.getByText('reka-ui').first().click();
  await expect(dialog.getByText(/Permission is hereby granted/).first()).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(row(page, 'about.calls')).toBeVisible();
});
