/** What the providers page offers beside adding and checking keys: each is done once. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startFakeUpstream, type FakeUpstream } from '../../gateway/testing/fake-upstream.ts';
import type { SwitchyardApp } from '../fixtures/app.ts';
import { expect, test } from '../fixtures/test.ts';

const configOf = ({ folder }: SwitchyardApp): Promise<string> =>
  readFile(join(folder, 'config.yaml'), 'utf8');

/** So many that the table of keys can be narrowed. */
const MORE_KEYS = [3, 4, 5, 6, 7, 8]
  .map((place) => `      - { id: k${place}, value: sk-e2e-acts-0000000000000900${place} }`)
  .join('\n');

test.describe('a provider with keys', () => {
  test.use({
    start: {
      config: `providers:
  - id: mine
    dialect: openai-chat
    base_url: http://127.0.0.1:9/v1
    allow_private_network: true
    models: [m]
    keys:
      - { id: k1, label: first, value: sk-e2e-acts-00000000000001111 }
      - { id: k2, label: second, value: sk-e2e-acts-00000000000002222 }
${MORE_KEYS}
  - { id: groq, enabled: false, models: [llama-3.3-70b-versatile] }
`,
    },
  });

  test('is found, switched off and on, and gets another name and address', async ({ page, app }) => {
    await app.open('/providers');
    await page.getByRole('heading', { name: 'Providers', level: 1 }).waitFor();
    await page.keyboard.press('/');
    const filter = page.getByRole('searchbox', { name: 'Filter providers' });
    await expect(filter).toBeFocused();
    await filter.fill('gro');
    const cards = page.getByRole('region', { name: 'Providers' }).getByRole('listitem');
    await expect(cards).toHaveCount(1);
    await filter.press('Escape');
    await expect(cards).toHaveCount(3);

    await cards.getByRole('button', { name: /mine/ }).click();
    const use = page.getByRole('switch', { name: 'Use mine' });
    await use.click();
    await expect(use).not.toBeChecked();
    await expect.poll(() => configOf(app)).toMatch(/id: mine[\s\S]*enabled: false[\s\S]*id: groq/);
    await use.click();
    await expect(use).toBeChecked();
    await page.getByRole('button', { name: 'Copy address of requests in OpenAI Chat' }).click();
    await expect.poll(() => app.clipboard()).toBe('http://127.0.0.1:9/v1/chat/completions');

    await page.getByRole('button', { name: 'Edit name and address' }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit mine' });
    await dialog.getByLabel('Name').fill('Mine at home');
    await dialog.getByLabel('Base URL').fill('ftp://127.0.0.1');
    await expect(dialog.getByText('Start with http:// or https://')).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
    await dialog.getByLabel('Base URL').fill('http://127.0.0.1:10/v1');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('heading', { name: 'Mine at home', level: 2 })).toBeVisible();
    await expect(page.getByText('http://127.0.0.1:10/v1/chat/completions', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Show models' }).click();
    await expect(page).toHaveURL(/#\/models\?/);
    await expect(page.getByText('1 of 5 models')).toBeVisible();
  });

  test('its keys are narrowed, switched, weighed, and chosen together', async ({ page, app }) => {
    await app.open('/providers/mine');
    const first = page.getByRole('row').filter({ hasText: '…1111' });
    const second = page.getByRole('row').filter({ hasText: '…2222' });
    const use = first.getByRole('switch', { name: 'Use key first' });
    await use.click();
    await expect(first.getByText('Off', { exact: true })).toBeVisible();
    await page.getByLabel('Keys by state').selectOption({ label: 'Off (1)' });
    await expect(second).toBeHidden();
    await page.getByLabel('Keys by state').selectOption({ index: 0 });
    await page.getByRole('searchbox', { name: 'Filter keys' }).fill('nothing like it');
    await expect(page.getByText('No key matches').first()).toBeVisible();
    await page.getByRole('button', { name: 'Show all keys' }).click();
    await expect(first).toBeVisible();
    await use.click();
    await expect(first.getByText('Ready')).toBeVisible();
    await second.getByRole('textbox', { name: 'Weight of second' }).fill('4');
    await second.getByRole('textbox', { name: 'Weight of second' }).press('Enter');
    await expect.poll(() => configOf(app)).toContain('weight: 4');

    await first.getByRole('checkbox', { name: 'Choose key first' }).click();
    const bar = page.getByRole('group', { name: '1 key chosen' });
    await bar.getByRole('button', { name: 'Check 1' }).click();
    await expect(first.getByText('No answer')).toBeVisible();
    await bar.getByRole('button', { name: 'Choose none' }).click();
    await expect(bar).toBeHidden();
    await second.getByRole('button', { name: 'Actions on second' }).click();
    await page.getByRole('menuitem', { name: 'Check key' }).click();
    await expect(second.getByText('No answer')).toBeVisible();
    if (app.kind === 'browser') {
      await second.getByRole('button', { name: 'Actions on second' }).click();
      await expect(page.getByRole('menuitem', { name: 'Show key' })).toHaveCount(0);
      await page.keyboard.press('Escape');
    }
  });
});

test('a built-in provider is found and added; an address with # is used as it is; a model is tested and stopped', async ({
  page,
  app,
}) => {
  const upstream = await startFakeUpstream({ scriptLists: true });
  upstream.script((request) => {
    if (request.method === 'GET') return request.json(200, { data: [{ id: 'm' }, { id: 'n' }] });
    // It never says more than that it was reached.
    request.head(200, { 'content-type': 'text/event-stream' });
    request.write(': wait\n\n');
  });
  await app.open('/providers');
  await page.getByRole('button', { name: 'Add provider' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('searchbox', { name: 'Search providers' }).fill('mistr');
  await dialog.getByRole('button', { name: /^Mistral/ }).click();
  await dialog.getByRole('button', { name: 'Back' }).click();
  await dialog.getByRole('searchbox', { name: 'Search providers' }).fill('mistr');
  await dialog.getByRole('button', { name: /^Mistral/ }).click();
  await dialog.getByRole('button', { name: 'Add provider' }).click();
  await expect(page.getByRole('heading', { name: /^Mistral/, level: 2 })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Get a key from Mistral/ })).toHaveAttribute(
    'href',
    /^https:/,
  );

  await page.getByRole('button', { name: 'Add provider' }).first().click();
  await dialog.getByText('Any other address').click();
  await dialog.getByLabel('Id', { exact: true }).fill('lab');
  await dialog.getByLabel('Name, optional').fill('The lab');
  await dialog.getByLabel('Base URL').fill(`${upstream.url}/exactly#`);
  await expect(dialog.getByText(`Chat requests go to exactly ${upstream.url}/exactly`)).toBeVisible();
  await dialog.getByLabel('Base URL').fill(upstream.url);
  await dialog.getByRole('radio', { name: /^Anthropic/ }).check();
  await expect(dialog.getByText(/^Chat requests go to \S+\/messages$/)).toBeVisible();
  await dialog.getByRole('radio', { name: /^OpenAI Chat/ }).check();
  await expect(dialog.getByText(/^Chat requests go to \S+\/chat\/completions$/)).toBeVisible();
  await dialog.getByRole('button', { name: 'From a file' }).waitFor();
  await dialog.locator('input[type=file]').setInputFiles([
    {
      name: '.env',
      mimeType: 'text/plain',
      buffer: Buffer.from('LAB_API_KEY=sk-e2e-file-000000000007777\n'),
    },
  ]);
  await expect(dialog.getByLabel('Key', { exact: true })).toHaveValue(/^LAB_API_KEY=/);
  await dialog.getByRole('button', { name: 'Add provider' }).click();
  await expect(page.getByRole('heading', { name: 'The lab', level: 2 })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: '…7777' })).toBeVisible();
  await page.getByRole('button', { name: 'Read again' }).click();
  await expect(page.getByText(/^List read/).first()).toBeVisible();

  await page.getByLabel('Model', { exact: true }).fill('m');
  await page.getByRole('button', { name: 'Test model' }).click();
  await expect(page.getByText('Waiting for the first token')).toBeVisible();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Test model' })).toBeVisible();
  await upstream.close();
});

test.describe('without a provider', () => {
  test.use({ start: { demo: false } });

  test('the page has a command to copy and leads to the first one', async ({ page, app }) => {
    await app.open('/providers');
    await expect(page.getByText('No providers yet')).toBeVisible();
    await page.getByRole('button', { name: 'Copy command' }).click();
    await expect.poll(() => app.clipboard()).toContain('API_KEY');
    await page.getByRole('button', { name: 'Add your first provider' }).click();
    await expect(page.getByRole('dialog').getByRole('searchbox')).toBeVisible();
  });
});

test.describe('what cools', () => {
  let upstream: FakeUpstream;
  test.beforeAll(async () => {
    upstream = await startFakeUpstream();
  });
  test.afterAll(() => upstream.close());
  test.use({
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are wanted.
    start: async ({}, use) => {
      const at = `dialect: openai-chat, base_url: "${upstream.url}", allow_private_network: true, models: [m]`;
      const keys = [1, 2, 3, 4, 5, 6].map(
        (place) => `{ id: k${place}, value: sk-e2e-cools-00000000000${place} }`,
      );
      await use({
        config: `providers:
  - { id: mine, ${at}, keys: [${keys.join(', ')}] }
  - { id: other, ${at}, keys: [{ id: only, label: only, value: sk-e2e-cools-other-000001 }] }
routing: { retries: 10 }
`,
      });
    },
  });

  test('is shown one by one or folded, and ended for a key, a provider, and everywhere', async ({
    page,
    app,
  }) => {
    upstream.script((request) =>
      request.json(
        429,
        { error: { message: 'Slow down', code: 'rate_limit_exceeded' } },
        { 'retry-after': '300' },
      ),
    );
    const ask = (model: string): Promise<unknown> =>
      fetch(`${app.gatewayAddress}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hi' }] }),
      }).then((answer) => answer.text());
    await app.open('/providers/mine');
    await ask('mine/m');
    await ask('other/m');
    const cooling = page.getByRole('row').filter({ hasText: '429, rate limited' });
    await expect(cooling).toHaveCount(6);
    await page.getByRole('button', { name: 'Show each' }).click();
    await expect(page.getByRole('timer').first()).toBeVisible();
    await page.getByRole('button', { name: 'Show fewer' }).click();
    await cooling
      .first()
      .getByRole('button', { name: /^Actions on/ })
      .click();
    await page.getByRole('menuitem', { name: 'Clear cool-down' }).click();
    // Keys that were seen to share an account are freed together.
    await expect(cooling).not.toHaveCount(6);
    await ask('mine/m');
    await expect(cooling).toHaveCount(6);
    await page.getByRole('button', { name: 'Clear all', exact: true }).click();
    await expect(cooling).toHaveCount(0);
    await ask('mine/m');
    await expect(cooling).toHaveCount(6);
    await page.getByRole('button', { name: 'Clear cooling in all providers' }).click();
    await expect(cooling).toHaveCount(0);
    await app.open('/providers/other');
    const only = page.getByRole('row').filter({ hasText: 'only' });
    await expect(only.getByText('Ready')).toBeVisible();

    // In its row, for those that were chosen, and from the palette.
    const cool = async (): Promise<void> => {
      await ask('other/m');
      await expect(only).toContainText('429, rate limited');
    };
    await cool();
    await only.getByRole('button', { name: 'Clear the cool-down of only' }).click();
    await expect(only.getByText('Ready')).toBeVisible();
    await cool();
    await only.getByRole('checkbox', { name: 'Choose key only' }).click();
    await page.getByRole('button', { name: 'Clear 1 cooling' }).click();
    await expect(only.getByText('Ready')).toBeVisible();
    await page.getByRole('button', { name: 'Choose none' }).click();
    await cool();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search everything' }).fill('Clear all cool-downs');
    await expect(page.getByRole('option', { name: 'Clear all cool-downs' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await page.keyboard.press('Enter');
    await expect(only.getByText('Ready')).toBeVisible();
  });
});
