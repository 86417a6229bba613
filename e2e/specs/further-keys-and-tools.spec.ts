/** Further small acts on keys, providers and tools, and in the first minutes. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startFakeUpstream, type FakeUpstream } from '../../gateway/testing/fake-upstream.ts';
import { ANSWER } from '../../gateway/testing/openai-wire.ts';
import type { SwitchyardApp } from '../fixtures/app.ts';
import { expect, test } from '../fixtures/test.ts';

const configOf = ({ folder }: SwitchyardApp): Promise<string> =>
  readFile(join(folder, 'config.yaml'), 'utf8');

test.describe('a provider at an address of this machine', () => {
  const SECRETS = Array.from({ length: 9 }, (_, place) => `sk-e2e-near-0000000000${place + 1}000\n`).join('');
  let upstream: FakeUpstream;
  test.beforeAll(async () => {
    upstream = await startFakeUpstream();
  });
  test.afterAll(() => upstream.close());

  test('is allowed by hand, gets keys from a chosen file, which are searched and weighed; a named model is tested', async ({
    page,
    app,
  }) => {
    upstream.script((request) => request.json(200, ANSWER));
    await app.open('/providers');
    await page.getByRole('button', { name: 'Add provider' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Any other address').click();
    await dialog.getByLabel('Id', { exact: true }).fill('near');
    await dialog.getByLabel('Base URL').fill(upstream.url);
    const allow = dialog.getByRole('checkbox', { name: /Allow requests to it/ });
    await allow.click();
    const allowed = await allow.isChecked();
    await allow.click();
    await expect(allow).toBeChecked({ checked: !allowed });
    await allow.check();
    const chooser = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: 'From a file' }).click();
    await (
      await chooser
    ).setFiles([
      {
        name: 'keys.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from(SECRETS),
      },
    ]);
    await dialog.getByRole('button', { name: 'Add provider' }).click();
    await expect(page.getByRole('heading', { name: 'near', level: 2 })).toBeVisible();

    const second = page.getByRole('row').filter({ hasText: '…2000' });
    const filter = page.getByRole('searchbox', { name: 'Filter keys' });
    await filter.fill('1000');
    await expect(second).toBeHidden();
    await filter.press('Escape');
    await expect(filter).toHaveValue('');
    await expect(second).toBeVisible();
    const weight = second.getByRole('textbox', { name: /^Weight of/ });
    await weight.fill('7');
    await weight.press('Escape');
    await expect(weight).toHaveValue('1');

    await page
      .getByRole('textbox', { name: 'Model', exact: true })
      .or(page.getByRole('combobox', { name: 'Model', exact: true }))
      .fill('by-hand');
    await page.getByRole('button', { name: 'Test model' }).click();
    await expect.poll(() => upstream.requests.filter(({ body }) => body.includes('by-hand')).length).toBe(1);

    await page.getByRole('button', { name: 'Edit name and address' }).click();
    await expect(dialog.getByLabel('Base URL')).toHaveValue(upstream.url);
    // What holds is shown, and taken back without a new address.
    await expect(allow).toBeChecked();
    await allow.focus();
    await page.keyboard.press('Space');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
    await expect.poll(() => configOf(app)).toMatch(/allow_private_network: false/);
    await expect(second).toBeVisible();
    await page.getByRole('button', { name: 'Edit name and address' }).click();
    await expect(allow).not.toBeChecked();
    await dialog.getByLabel('Base URL').fill(`${upstream.url}/moved`);
    await expect(allow).not.toBeChecked();
    await allow.check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
    await expect.poll(() => configOf(app)).toMatch(/allow_private_network: true/);
  });
});

test('a built-in provider whose address only its owner knows gets one, with a key', async ({ page, app }) => {
  const upstream = await startFakeUpstream();
  upstream.script((request) => request.json(200, ANSWER));
  await app.open('/providers');
  await page.getByRole('button', { name: 'Add provider' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('searchbox', { name: 'Search providers' }).fill('azure');
  await dialog.getByRole('button', { name: /^Azure OpenAI/ }).click();
  await dialog.getByLabel('Key', { exact: true }).fill('e2e-azure-0000000000006543');
  await dialog.getByRole('button', { name: 'Add provider' }).click();
  await expect(dialog.getByText('Start with http:// or https://')).toBeVisible();
  await dialog.getByLabel('Base URL').fill(upstream.url);
  await expect(dialog.getByText(/^Chat requests go to \S+\/chat\/completions$/)).toBeVisible();
  const allow = dialog.getByRole('checkbox', { name: /Allow requests to it/ });
  await allow.uncheck();
  await allow.check();
  await dialog.getByRole('button', { name: 'Add provider' }).click();
  await expect(page.getByRole('heading', { name: 'Azure OpenAI', level: 2 })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: '…6543' })).toBeVisible();
  const config = await configOf(app);
  expect(config).toContain(upstream.url);
  expect(config).toMatch(/allow_private_network: true/);
  await upstream.close();
});

test('equal lines are unfolded, the last model is reached upwards, every copy is listed, a snippet is chosen', async ({
  page,
  app,
}) => {
  const facts = Array.from({ length: 60 }, (_, place) => `  "fact${place}": ${place}`);
  const file = join(app.home, '.claude', 'settings.json');
  const own = `{\n${facts.join(',\n')}\n}\n`;
  const written = (): Promise<string> => readFile(file, 'utf8');
  await mkdir(join(app.home, '.claude'), { recursive: true });
  await writeFile(file, own);
  await app.open('/connect/claude-code');
  const diff = page.getByRole('figure', { name: 'Diff of settings.json' });
  await expect(diff).toContainText('fact59');
  await expect(diff).not.toContainText('fact20');
  await diff
    .getByRole('button', { name: /^\d+ equal lines$/ })
    .first()
    .click();
  await expect(diff).toContainText('fact20');

  const model = page.getByRole('combobox', { name: 'Main model' });
  await model.focus();
  await model.press('ArrowUp');
  const options = page.getByRole('option');
  await expect(model).toHaveAttribute(
    'aria-activedescendant',
    (await options.last().getAttribute('id')) ?? '',
  );
  await model.press('Escape');

  for (let time = 0; time < 3; time += 1) {
    await page.getByRole('button', { name: 'Write change' }).click();
    await expect(page.getByText('Nothing to write: connected as it is.')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(written).toBe(own);
    await expect(page.getByRole('button', { name: 'Write change' })).toBeEnabled();
  }
  const copies = page.getByRole('button', { name: /^Compare with/ });
  await expect(copies).toHaveCount(4);
  await page.getByRole('button', { name: /^Show all \d+$/ }).click();
  await expect.poll(() => copies.count()).toBeGreaterThan(4);

  await app.open('/connect/snippets');
  const panel = page.getByRole('region', { name: 'Shell and SDKs' });
  const groups = panel.getByRole('group');
  await expect(groups).not.toHaveCount(0);
  for (const group of await groups.all()) {
    const figure = group.locator('xpath=..').getByRole('figure');
    const before = await figure.innerText();
    await group.getByRole('button').last().click();
    await expect(figure).not.toHaveText(before, { useInnerText: true });
  }
  const sdk = panel.getByRole('combobox');
  const shown = sdk.locator('xpath=ancestor::*[.//figure][1]').getByRole('figure');
  const before = await shown.innerText();
  await sdk.selectOption({ index: 3 });
  await expect(shown).not.toHaveText(before, { useInnerText: true });
});

test.describe('the first minutes', () => {
  const KEY = 'sk-proj-e2e-further-000000008888';
  let accepts = false;
  let upstream: FakeUpstream;
  test.beforeAll(async () => {
    upstream = await startFakeUpstream({ scriptLists: true });
  });
  test.afterAll(() => upstream.close());
  test.beforeEach(() => {
    accepts = false;
    upstream.script((request) => {
      if (!accepts || request.headers['authorization'] !== `Bearer ${KEY}`)
        request.json(401, { error: { message: 'Not yet', code: 'invalid_api_key' } });
      else if (request.method === 'GET') request.json(200, { data: [{ id: 'gpt-5' }] });
      else request.json(200, ANSWER);
    });
  });
  test.use({
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are wanted.
    start: async ({}, use) => {
      const provider = `{ id: openai, base_url: "${upstream.url}", allow_private_network: true }`;
      await use({ demo: false, keychain: true, config: `providers:\n  - ${provider}\n` });
    },
  });

  test('another language is taken, the way back is found, a refused key checked again, and a second one thought better of', async ({
    page,
    app,
  }) => {
    const title = page.getByRole('heading', { name: 'One local port for every model' });
    await expect(title).toBeVisible();
    await page.getByRole('button', { name: '中文' }).click();
    await expect(title).toBeHidden();
    await page.getByRole('button', { name: 'English' }).click();
    await expect(title).toBeVisible();
    await page.getByRole('button', { name: 'Skip' }).click();
    await page.getByRole('main').getByRole('button', { name: 'Add provider' }).click();
    await expect(page).toHaveURL(/#\/(welcome|providers)/);
    await app.open('/welcome');

    await page.getByLabel('Key', { exact: true }).fill(KEY);
    await page.getByRole('button', { name: 'Add key' }).click();
    await expect(page.getByText('Key refused')).toBeVisible();
    accepts = true;
    await page.getByRole('button', { name: 'Check again' }).click();
    await expect(page.getByText('Key accepted')).toBeVisible();
    await page.getByRole('button', { name: 'Add another' }).click();
    await page.getByLabel('Provider', { exact: true }).selectOption({ label: 'Groq' });
    await expect(page.getByRole('link', { name: /Groq/ })).toBeVisible();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('Key accepted')).toBeVisible();
  });
});
