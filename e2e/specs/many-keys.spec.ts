/** A provider with more keys than fit: weighed in place, listed on demand, freed together; dialogs that are given up. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startFakeUpstream, type FakeUpstream } from '../../gateway/testing/fake-upstream.ts';
import type { SwitchyardApp } from '../fixtures/app.ts';
import { giveUp } from '../fixtures/given-up.ts';
import { expect, test } from '../fixtures/test.ts';

const configOf = ({ folder }: SwitchyardApp): Promise<string> =>
  readFile(join(folder, 'config.yaml'), 'utf8');

const COUNT = 35;
/** Keys that are tried, each by a request of its own. */
const TRIED = 6;

let refuses = true;
let upstream: FakeUpstream;
test.beforeAll(async () => {
  upstream = await startFakeUpstream({ scriptLists: true });
});
test.afterAll(() => upstream.close());
test.beforeEach(() => {
  refuses = true;
  upstream.script((request) =>
    refuses || request.headers['authorization'] === undefined
      ? request.json(401, { error: { message: 'Incorrect API key provided', code: 'invalid_api_key' } })
      : request.json(200, { data: [{ id: 'm' }] }),
  );
});
test.use({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are wanted.
  start: async ({}, use) => {
    const at = `dialect: openai-chat, base_url: "${upstream.url}", allow_private_network: true, models: [m]`;
    const keys = Array.from(
      { length: COUNT },
      (_, at) =>
        `{ id: k${at + 1}, label: key-${at + 1}, rpm: ${at + 10}, value: sk-e2e-many-${at + 1}-000000 }`,
    );
    await use({
      config: `providers:
  - { id: mine, ${at}, keys: [${keys.join(', ')}] }
  - { id: other, ${at}, keys: [{ id: only, label: only, value: sk-e2e-many-other-000001 }] }
routing: { retries: 0, cooldown: { base: 5m } }
`,
    });
  },
});

const ask = async ({ gatewayAddress }: SwitchyardApp, model: string): Promise<void> => {
  await fetch(`${gatewayAddress}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hi' }] }),
  }).then((answer) => answer.text());
};

test('one is weighed in its row, their limits are listed, several are let go of, dialogs change nothing', async ({
  page,
  app,
}) => {
  await app.open('/providers/mine');
  const row = page.getByRole('row').filter({ hasText: 'key-3' });
  await row.getByRole('button', { name: 'Weight of key-3: 1' }).focus();
  const weight = row.getByRole('textbox', { name: 'Weight of key-3' });
  await expect(weight).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('5');
  await page.keyboard.press('Tab');
  await expect(row.getByRole('button', { name: 'Weight of key-3: 5' })).toBeVisible();
  await expect(weight).toBeHidden();
  await expect.poll(() => configOf(app)).toContain('weight: 5');

  await row.getByRole('checkbox', { name: 'Choose key key-3' }).click();
  const bar = page.getByRole('group', { name: '1 key chosen' });
  await bar.getByRole('button', { name: 'Check 1' }).focus();
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();
  await expect(row.getByRole('checkbox')).not.toBeChecked();

  const limits = page.getByRole('region', { name: 'Limits' });
  await expect(limits.getByRole('listitem')).toHaveCount(20);
  await limits.getByRole('button', { name: `Show all ${COUNT}` }).click();
  await expect(limits.getByRole('listitem')).toHaveCount(COUNT);
  await expect(limits.getByText(`${COUNT + 9} requests a minute, set here`)).toBeVisible();
  await limits.getByRole('button', { name: 'Show fewer' }).click();
  await expect(limits.getByRole('listitem')).toHaveCount(20);

  const menu = page.getByRole('button', { name: 'More', exact: true });
  await menu.click();
  await expect(page.getByRole('menuitem', { name: 'Remove provider' })).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(menu).toBeFocused();

  const before = await configOf(app);
  const add = page.getByRole('button', { name: 'Add key' }).first();
  await add.click();
  await page.getByRole('dialog').getByLabel('Label').fill('not yet');
  await giveUp(add, 'Escape');
  const acts = row.getByRole('button', { name: 'Actions on key-3' });
  for (const by of ['Cancel', 'Escape'] as const) {
    await acts.click();
    await page.getByRole('menuitem', { name: 'Edit label and limits' }).click();
    await page.getByRole('dialog').getByLabel('Label').fill('another name');
    await giveUp(acts, by);
  }
  const addProvider = page.getByRole('button', { name: 'Add provider' }).first();
  await addProvider.click();
  await giveUp(addProvider, 'Cancel');
  await addProvider.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Any other address').click();
  await dialog.getByLabel('Id', { exact: true }).fill('lab');
  // A press beside it loses nothing that was typed.
  await page.mouse.click(4, 4);
  await expect(dialog.getByLabel('Id', { exact: true })).toHaveValue('lab');
  await giveUp(addProvider, 'Close');
  expect(await configOf(app)).toBe(before);
  await expect(row).toBeVisible();

  await page.setViewportSize({ width: 375, height: 800 });
  await expect(row).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page).toHaveURL(/#\/providers$/);
  await expect(page.getByRole('heading', { name: 'Providers', level: 1 })).toBeVisible();
  await expect(row).toBeHidden();
});

test('a cool-down ends from its note; keys that work again are freed together', async ({ page, app }) => {
  await app.open('/providers/other');
  await ask(app, 'other/m');
  const only = page.getByRole('row').filter({ hasText: 'only' });
  await expect(only).toContainText('401, key refused');
  await page.getByRole('button', { name: /^Clear what cools: only/ }).click();
  await expect(only.getByText('Ready')).toBeVisible();
  await expect(page.getByRole('timer')).toHaveCount(0);

  await app.open('/providers/mine');
  for (let tried = 0; tried < TRIED; tried += 1) await ask(app, 'mine/m');
  const cooling = page.getByRole('row').filter({ hasText: '401, key refused' });
  // Keys are tried in no order, and of so many only those in view are drawn.
  await page.getByLabel('Keys by state').selectOption({ label: `Cooling (${TRIED})` });
  await expect(cooling).toHaveCount(TRIED);
  refuses = false;
  await page.getByRole('button', { name: 'Check keys' }).click();
  await page.getByRole('button', { name: `Clear ${TRIED} that work` }).click();
  await expect(page.getByText('No key matches').first()).toBeVisible();
  await expect(page.getByText(/^Found by the check/)).toBeHidden();
});
