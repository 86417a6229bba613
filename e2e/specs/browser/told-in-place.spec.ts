/** What pages say in their places of keys, models, configurations and back-ups that are not as usual; providers that are many. */
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../../fixtures/test.ts';

test.describe('a key of the environment', () => {
  test.use({ start: { demo: false, environment: { GROQ_API_KEY: 'gsk-e2e-told-000000005678' } } });

  test('is changed where it stands', async ({ app, page }) => {
    await app.open('/providers/groq');
    const note = 'Keys from GROQ_API_KEY are changed or removed in the environment, not here.';
    await expect(page.getByText(note)).toBeVisible();
    await expect(page.getByRole('row').filter({ hasText: '…5678' })).toBeVisible();
  });
});

test.describe('without a provider', () => {
  test.use({ start: { demo: false } });

  test('the models lead to the providers', async ({ app, page }) => {
    await app.open('/models');
    await expect(page.getByText('Models appear here once a provider is set up.')).toBeVisible();
    await page.getByRole('button', { name: 'Show providers' }).click();
    await expect(page).toHaveURL(/#\/providers$/);
    await expect(page.getByText('No providers yet')).toBeVisible();
  });
});

test.describe('with many providers', () => {
  const rows = Array.from({ length: 60 }, (_, place) => {
    const address = '"http://127.0.0.1:9/v1", allow_private_network: true';
    return `  - { id: many-${place + 1}, dialect: openai-chat, base_url: ${address} }`;
  });
  test.use({ start: { demo: false, config: `providers:\n${rows.join('\n')}\n` } });

  test('those in sight are drawn; the last one is scrolled to, and opens', async ({ app, page }) => {
    await app.open('/providers');
    const cards = page.getByRole('region', { name: 'Providers' }).getByRole('listitem');
    const card = (name: string) => cards.getByRole('button', { name: new RegExp(`^${name}\\b`) });
    await expect(card('many-1')).toBeVisible();
    expect(await cards.count()).toBeLessThan(60);
    await card('many-1').hover();
    await page.mouse.wheel(0, 20_000);
    await expect(card('many-60')).toBeVisible();
    await expect(card('many-1')).toHaveCount(0);
    await card('many-60').click();
    await expect(page.getByRole('heading', { name: 'many-60', level: 2 })).toBeVisible();
  });
});

test('an import that opens the gateway and lacks secrets says so first; back-ups tell how they came about', async ({
  app,
  page,
}) => {
  const config = (): Promise<string> => readFile(join(app.folder, 'config.yaml'), 'utf8');
  const before = await config();
  await app.open('/settings/data');
  const open = page.locator('[data-setting="data.transfer"]').getByRole('button', { name: 'Import' });
  await open.click();
  const dialog = page.getByRole('dialog');
  const port = new URL(app.gatewayAddress).port;
  const text = `server: { host: 0.0.0.0, port: ${port}, api_key: not-in-this-file }\n`;
  await dialog
    .getByLabel('Configuration file to import')
    .setInputFiles({ name: 'config.yaml', mimeType: 'text/plain', buffer: Buffer.from(text) });
  const risks = dialog.getByRole('alert').filter({ hasText: 'Look at this first.' });
  await expect(risks).toContainText('Other machines can reach the gateway at');
  await expect(risks).toContainText('0.0.0.0');
  await expect(dialog).toContainText('One secret is neither in the file nor here; enter it afterwards.');
  await expect(dialog.getByRole('listitem').filter({ hasText: 'server.api_key' }).last()).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  expect(await config()).toBe(before);

  const backups = page.locator('[data-setting="backup.copies"]');
  const list = backups.getByRole('listitem');
  await app.open('/settings/backup');
  await backups.getByRole('button', { name: 'Back up now' }).click();
  await dialog.getByRole('button', { name: 'Back up now' }).click();
  await expect(list).toHaveCount(1);
  await expect(list.getByText('By itself')).toHaveCount(0);
  const folder = join(app.folder, 'backups');
  const [made = ''] = (await readdir(folder)).filter((name) => name.endsWith('.swbackup'));
  await copyFile(join(folder, made), join(folder, 'switchyard-auto-2026-01-02T03-04-05.swbackup'));
  await writeFile(join(folder, 'switchyard-2026-01-02T03-04-06.swbackup'), 'torn');
  await page.reload();
  await expect(list).toHaveCount(3);
  await expect(list.filter({ hasText: 'switchyard-auto-' })).toContainText('By itself');
  const torn = list.filter({ hasText: 'Cannot be read' });
  await expect(torn).toContainText('switchyard-2026-01-02T03-04-06');
  await expect(torn.getByRole('button', { name: /^Restore/ })).toBeDisabled();
});
