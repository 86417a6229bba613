/** Keys, providers and models where the gateway does not answer: told in its place, and tried again. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startFakeUpstream, type FakeUpstream } from '../../../gateway/testing/fake-upstream.ts';
import { ANSWER } from '../../../gateway/testing/openai-wire.ts';
import { expect, REASON, test, tryAgain } from '../../fixtures/failing-calls.ts';
import { giveUp } from '../../fixtures/given-up.ts';

let upstream: FakeUpstream;
let broken = false;
test.beforeAll(async () => {
  upstream = await startFakeUpstream({ scriptLists: true });
});
test.afterAll(() => upstream.close());
test.beforeEach(() => {
  broken = false;
  upstream.script((request) => {
    if (broken) request.json(500, { error: { message: 'The oven is cold' } });
    else if (request.headers['authorization'] === undefined)
      request.json(401, { error: { message: 'No key' } });
    else if (request.method === 'GET') request.json(200, { data: [{ id: 'm' }] });
    else request.json(200, ANSWER);
  });
});

test.describe('the first minutes', () => {
  test.use({
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are wanted.
    start: async ({}, use) => {
      const provider = `{ id: openai, base_url: "${upstream.url}", allow_private_network: true }`;
      await use({ demo: false, config: `providers:\n  - ${provider}\n` });
    },
  });

  test('providers that could not be read, a key that was not checked, and a tool that was not written', async ({
    app,
    page,
    calls,
  }) => {
    const file = join(app.home, '.claude', 'settings.json');
    await mkdir(join(app.home, '.claude'));
    await writeFile(file, '{}\n');
    calls.refuse('providers.templates');
    await page.reload();
    const note = page.getByRole('alert').filter({ hasText: 'The providers could not be read' });
    await expect(note).toContainText(REASON);
    await calls.pressToMend(tryAgain(note));
    await expect(note).toBeHidden();
    await expect(page.getByLabel('Provider', { exact: true }).getByText('Groq')).toBeAttached();

    calls.refuse('keys.check');
    await page.getByLabel('Key', { exact: true }).fill('sk-proj-e2e-failed-000000008888');
    await page.getByRole('button', { name: 'Add key' }).click();
    await expect(page.getByText('The key could not be checked')).toBeVisible();
    await expect(page.getByText(REASON)).toBeVisible();
    await calls.pressToMend(page.getByRole('button', { name: 'Check again' }));
    await expect(page.getByText('Key accepted')).toBeVisible();
    await expect(page.getByText(REASON)).toBeHidden();

    await page.getByRole('button', { name: 'Connect Claude Code' }).click();
    const write = page.getByRole('button', { name: 'Write change' });
    calls.refuse('connect.apply');
    await write.click();
    await expect(page.getByRole('alert').filter({ hasText: 'Nothing was written.' })).toContainText(REASON);
    expect(await readFile(file, 'utf8')).toBe('{}\n');
    await calls.pressToMend(write);
    const tool = page.getByRole('listitem').filter({ hasText: 'Claude Code' }).last();
    await expect(tool.getByRole('status')).toHaveText('Connected');
    await expect(tool).not.toContainText(REASON);
    expect(await readFile(file, 'utf8')).toContain(app.gatewayAddress);
  });
});

test('built-in providers, an address that is not encrypted, a model that does not answer, an address that stays', async ({
  app,
  page,
  calls,
}) => {
  await app.open('/providers');
  calls.refuse('providers.templates');
  await page.getByRole('button', { name: 'Add provider' }).first().click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('The built-in providers could not be read');
  await expect(dialog).toContainText(REASON);
  await calls.pressToMend(tryAgain(dialog));
  await expect(dialog.getByRole('button', { name: /^Mistral/ })).toBeVisible();
  await expect(dialog).not.toContainText(REASON);

  await dialog.getByText('Any other address').click();
  await dialog.getByLabel('Id', { exact: true }).fill('near');
  const plain = dialog.getByText('http:// is not encrypted');
  await dialog.getByLabel('Base URL').fill('http://api.example.com/v1');
  await expect(plain).toBeVisible();
  await dialog.getByLabel('Base URL').fill('https://api.example.com/v1');
  await expect(plain).toBeHidden();
  await dialog.getByLabel('Base URL').fill(upstream.url);
  await expect(plain).toBeHidden();
  await dialog.getByRole('checkbox', { name: /Allow requests to it/ }).check();
  await dialog.getByLabel('Key', { exact: true }).fill('sk-e2e-failed-0000000001000');
  await dialog.getByRole('button', { name: 'Add provider' }).click();
  await expect(page.getByRole('heading', { name: 'near', level: 2 })).toBeVisible();

  const model = page.getByLabel('Model', { exact: true });
  const start = page.getByRole('button', { name: 'Test model' });
  const result = page.getByRole('status').filter({ hasText: /Failed|Answered|canary/ });
  // The cheapest is proposed once the list was read.
  await expect(model).toHaveValue('m');
  broken = true;
  await start.click();
  await expect(result).toContainText('The oven is cold');
  await expect(result).toContainText('Failed');
  broken = false;
  calls.refuse('providers.test');
  await start.click();
  await expect(result).toContainText(REASON);
  await calls.pressToMend(start);
  await expect(result).toContainText('Answered');
  await expect(result).not.toContainText(REASON);

  const before = await readFile(join(app.folder, 'config.yaml'), 'utf8');
  const edit = page.getByRole('button', { name: 'Edit name and address' });
  for (const by of ['Cancel', 'Escape'] as const) {
    await edit.click();
    await expect(dialog.getByLabel('Base URL')).toHaveValue(upstream.url);
    await dialog.getByLabel('Name', { exact: true }).fill('Elsewhere');
    await dialog.getByLabel('Base URL').fill('https://api.example.com/v1');
    await giveUp(edit, by);
  }
  await expect(page.getByRole('heading', { name: 'near', level: 2 })).toBeVisible();
  expect(await readFile(join(app.folder, 'config.yaml'), 'utf8')).toBe(before);
});

test.describe('models whose price stands in a pattern', () => {
  test.use({
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are wanted.
    start: async ({}, use) => {
      const provider = `{ id: near, dialect: openai-chat, base_url: "${upstream.url}", allow_private_network: true, keys: [{ id: k1, value: sk-e2e-models-0000004321 }] }`;
      const prices = 'prices: [{ model: "near/*", input: 1, output: 2 }]';
      await use({ config: `providers:\n  - ${provider}\n${prices}\n` });
    },
  });

  test('stay as they were read; a correction is not kept; what the palette and the diagnostics lack is named', async ({
    app,
    page,
    calls,
  }) => {
    const main = page.getByRole('main');
    const row = page.getByRole('grid').getByRole('row').filter({ hasText: 'near' });
    await app.open('/models');
    await expect(row).toHaveCount(1);
    await app.open('/settings/about');
    calls.refuse('models.list');
    await app.open('/models');
    await expect(main.getByText('The models could not be read.')).toContainText(REASON);
    await expect(row).toHaveCount(1);
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog');
    await expect(palette).toContainText('Models could not be read.');
    await page.keyboard.press('Escape');
    await expect(palette).toBeHidden();
    await calls.pressToMend(tryAgain(main));
    await expect(main.getByText(REASON)).toBeHidden();
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: 'Search everything' })).toBeFocused();
    await expect(palette).not.toContainText('Models could not be read.');
    await page.keyboard.press('Escape');

    // Where there is no room beside the list, what narrows it has a button.
    await page.setViewportSize({ width: 900, height: 800 });
    const filters = page.getByRole('search').getByRole('button', { name: 'Filters' });
    await filters.click();
    await palette.getByRole('group', { name: 'State' }).getByRole('checkbox', { name: 'Favourites' }).check();
    await expect(row).toHaveCount(0);
    await palette
      .getByRole('group', { name: 'State' })
      .getByRole('checkbox', { name: 'Favourites' })
      .uncheck();
    await expect(row).toHaveCount(1);
    await giveUp(filters, 'Escape');

    await app.open('/models/near%2Fm');
    await page.getByRole('button', { name: 'Correct', exact: true }).click();
    await expect(palette).toContainText('This price stands in the entry near/* of your configuration.');
    await palette.getByLabel('Out, $', { exact: true }).fill('7.5');
    calls.refuse('models.correct');
    const save = palette.getByRole('button', { name: 'Save' });
    await save.click();
    await expect(palette.getByRole('alert')).toContainText(REASON);
    expect(await readFile(join(app.folder, 'config.yaml'), 'utf8')).not.toContain('7.5');
    await calls.pressToMend(save);
    await expect(palette).toBeHidden();
    await expect.poll(() => readFile(join(app.folder, 'config.yaml'), 'utf8')).toContain('7.5');

    await app.open('/settings/about');
    // What it calls is told without the hosts that could not be read.
    const outbound = page.locator('[data-setting="about.calls"]');
    const host = new URL(upstream.url).hostname;
    await expect(outbound).toContainText(host);
    calls.refuse('providers.list');
    await page.reload();
    await expect(outbound).toContainText('Providers you turned on');
    await expect(outbound).not.toContainText(host);
    calls.refuse('prices.status');
    await page.reload();
    await expect(outbound).toContainText(host);
    calls.refuse('diagnostics.make');
    await page
      .locator('[data-setting="about.diagnostics"]')
      .getByRole('button', { name: 'Show', exact: true })
      .click();
    await expect(palette.getByRole('alert')).toContainText(REASON);
    await calls.pressToMend(tryAgain(palette));
    await expect(palette.getByRole('button', { name: 'Save as a file' })).toBeVisible();
    await expect(palette.getByRole('alert')).toHaveCount(0);
  });
});
