import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startFakeUpstream, type FakeUpstream } from '../../gateway/testing/fake-upstream.ts';
import type { SwitchyardApp } from '../fixtures/app.ts';
import { violations } from '../fixtures/axe.ts';
import { expect, test } from '../fixtures/test.ts';

const KEY = 'sk-e2e-canary-000000001234';
const configOf = ({ folder }: SwitchyardApp): string => readFileSync(join(folder, 'config.yaml'), 'utf8');

test('adds a provider at an own address and a key, and the next request uses it', async ({ page, app }) => {
  const upstream = await startFakeUpstream();
  upstream.script((request) =>
    request.json(200, {
      id: 'x',
      object: 'chat.completion',
      created: 1,
      model: 'm',
      choices: [
        { index: 0, message: { role: 'assistant', content: 'from the fake' }, finish_reason: 'stop' },
      ],
    }),
  );
  await app.open('/requests');
  await page.getByRole('link', { name: 'Providers' }).click();
  await page.getByRole('button', { name: 'Add provider' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Any other address').click();
  await dialog.getByLabel('Id', { exact: true }).fill('mine');
  await dialog.getByLabel('Base URL').fill(upstream.url);
  // A typed private address is allowed unless the user takes that back.
  await expect(dialog.getByRole('checkbox')).toBeChecked();
  await dialog.getByRole('button', { name: 'Add provider' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(`${upstream.url}/chat/completions`, { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Add key' }).first().click();
  await page
    .getByLabel('Key', { exact: true })
    .or(page.getByLabel('Keys', { exact: true }))
    .first()
    .fill(KEY);
  await page.getByRole('dialog').getByRole('button', { name: /^Add/ }).click();
  await expect(page.getByText('…1234').filter({ visible: true })).toHaveCount(1);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect.poll(() => page.content()).not.toContain(KEY);

  const answer = await fetch(`${app.gatewayAddress}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'mine/m', messages: [] }),
  });
  expect(await answer.text()).toContain('from the fake');
  expect(upstream.requests[0]?.headers['authorization']).toBe(`Bearer ${KEY}`);
  expect(configOf(app)).not.toContain(KEY);
  await upstream.close();
});

/** A provider that takes one key, lists one model, and answers nobody else. */
async function startGuarded(good: string): Promise<FakeUpstream> {
  const upstream = await startFakeUpstream({ scriptLists: true });
  upstream.script((request) =>
    request.headers['authorization'] === `Bearer ${good}`
      ? request.json(200, { data: [{ id: 'm' }] })
      : request.json(401, { error: { message: 'Incorrect API key provided' } }),
  );
  return upstream;
}

async function addProvider(page: Page, id: string, address: string, keys: string): Promise<void> {
  await page.getByRole('button', { name: 'Add provider' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Any other address').click();
  await dialog.getByLabel('Id', { exact: true }).fill(id);
  await dialog.getByLabel('Base URL').fill(address);
  await dialog.getByLabel('Key', { exact: true }).fill(keys);
  await dialog.getByRole('button', { name: 'Add provider' }).click();
  await expect(page.getByRole('heading', { name: id, level: 2 })).toBeVisible();
}

test('checks keys without cost, tells what the provider says, and leaves their health alone', async ({
  page,
  app,
}) => {
  const upstream = await startGuarded(KEY);
  await app.open('/providers');
  await addProvider(page, 'mine', upstream.url, `${KEY}:2\nsk-e2e-refused-00000000009999`);
  const good = page.getByRole('row').filter({ hasText: '…1234' });
  const bad = page.getByRole('row').filter({ hasText: '…9999' });
  await expect(good.getByRole('textbox')).toHaveValue('2');

  await page.getByRole('button', { name: 'Check all' }).click();
  await expect(good.getByText('Works')).toBeVisible();
  await expect(bad.getByText('Refused')).toBeVisible();
  await expect(bad.getByText('Ready')).toBeVisible();
  await expect(page.getByText('mine refuses this key.')).toContainText('401 “Incorrect API key provided”');
  await expect(page.getByText('1 of 2 keys work')).toBeVisible();
  expect(upstream.requests.every(({ method }) => method === 'GET')).toBe(true);
  expect(await violations(page, 'providers with checks')).toEqual([]);

  // A key with a name and a limit, and without a list of its own there is nothing left to lose.
  await bad.getByRole('button', { name: /^Actions on/ }).click();
  await page.getByRole('menuitem', { name: 'Edit label and limits' }).click();
  await page.getByLabel('Label').fill('spare');
  await page.getByLabel('At once').fill('3');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(bad).toContainText('spare');
  await expect(bad).toContainText('0 / 3');
  await bad.getByRole('button', { name: 'Actions on spare' }).click();
  await page.getByRole('menuitem', { name: 'Remove key' }).click();
  await expect(bad).toHaveCount(0);
  // It is gone at once; the note gives it back, secret and all.
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(bad).toContainText('spare');
  await bad.getByRole('button', { name: 'Check key spare' }).click();
  await expect(bad.getByText('Refused')).toBeVisible();
  await upstream.close();
});

test('keys are pasted in bulk after a look, chosen together, removed and put back', async ({ page, app }) => {
  const upstream = await startGuarded(KEY);
  await app.open('/providers');
  await addProvider(page, 'mine', upstream.url, KEY);
  await page.getByRole('button', { name: 'Add key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog
    .getByLabel('Key', { exact: true })
    .fill(`${KEY}\nexport SPARE_API_KEY="sk-e2e-spare-00000000009999:3"\nPORT=8000\nsk with a space`);
  await expect(dialog.getByText('2 keys found')).toBeVisible();
  await expect(dialog.getByText('PORT holds no key by its name')).toBeVisible();
  expect(await violations(page, 'a paste of keys')).toEqual([]);
  await dialog.getByRole('button', { name: 'Add 2 keys' }).click();
  await expect(page.getByText('1 was there already.')).toBeVisible();
  await expect(dialog.getByLabel('Key', { exact: true })).toHaveValue('sk with a space');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  const spare = page.getByRole('row').filter({ hasText: '…9999' });
  await expect(spare).toContainText('SPARE_API_KEY');
  await expect(spare.getByRole('textbox')).toHaveValue('3');

  const all = page.getByRole('checkbox', { name: 'Choose all keys shown' });
  await all.click();
  await expect(all).toBeChecked();
  await page.getByRole('button', { name: 'Switch off 2' }).click();
  await expect(spare.getByText('Off', { exact: true })).toBeVisible();
  await expect(page.getByText('2 keys switched off')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(spare.getByText('Ready')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Remove 2 keys' }).click();
  await expect(page.getByText('No key needed').or(page.getByText('No keys yet')).first()).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(spare).toContainText('SPARE_API_KEY');
  await upstream.close();
});

test('providers are put in order by keyboard, doubled, removed and put back', async ({ page, app }) => {
  await app.open('/providers');
  for (const id of ['alpha', 'beta', 'gamma']) await addProvider(page, id, 'http://127.0.0.1:9/v1', '');
  const cards = page.getByRole('region', { name: 'Providers' }).getByRole('listitem');
  await cards.getByRole('button', { name: /gamma/ }).focus();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(cards.nth(1)).toContainText('gamma');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(cards.nth(0)).toContainText('gamma');
  await expect(page.getByText('gamma is now number 1 of 3')).toHaveCount(1);
  await expect(cards.getByRole('button', { name: /gamma/ })).toBeFocused();
  // The card moves before the gateway has written it down.
  await expect.poll(() => configOf(app)).toMatch(/gamma[^]*alpha/);

  await cards.getByRole('button', { name: /alpha/ }).click();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Duplicate provider' }).click();
  await expect(page.getByRole('heading', { name: 'alpha-2', level: 2 })).toBeVisible();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Remove provider' }).click();
  await expect(cards.filter({ hasText: 'alpha-2' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(cards.filter({ hasText: 'alpha-2' })).toHaveCount(1);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page, `providers in order, ${colorScheme}`)).toEqual([]);
  }
});

test('checks of many keys are stopped half-way, and told wherever the user is', async ({ page, app }) => {
  const answers: (() => void)[] = [];
  const upstream = await startFakeUpstream({ scriptLists: true });
  upstream.script(async (request) => {
    await new Promise<void>((resolve) => answers.push(resolve));
    request.json(200, { data: [{ id: 'm' }] });
  });
  await app.open('/providers');
  const keys = Array.from({ length: 12 }, (_, index) => `sk-e2e-many-000000000000${1000 + index}`);
  await addProvider(page, 'mine', upstream.url, keys.join('\n'));
  await page.getByRole('button', { name: 'Check keys' }).click();
  await expect(page.getByText('Checking 0 of 12')).toBeVisible();
  // As many as are checked at once; the list of models is read besides, without a key or with one of these.
  const asked = () => upstream.requests.flatMap(({ headers }) => headers['authorization'] ?? []);
  await expect.poll(() => new Set(asked()).size).toBe(4);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('link', { name: 'Models' }).click();
  await expect
    .poll(() => {
      for (const answer of answers.splice(0)) answer();
      return page.getByText(/^Stopped: 4 of 12 checked/).count();
    })
    .toBe(1);
  await upstream.close();
});

test('a key that is refused cools; a check that it works again offers to end that', async ({ page, app }) => {
  let fixed = false;
  const upstream = await startFakeUpstream({ scriptLists: true });
  upstream.script((request) =>
    fixed && request.headers['authorization'] !== undefined
      ? request.json(200, { data: [{ id: 'm' }] })
      : request.json(401, { error: { message: 'Incorrect API key provided' } }),
  );
  await app.open('/providers');
  await addProvider(page, 'mine', upstream.url, KEY);
  const answer = await fetch(`${app.gatewayAddress}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'mine/m', messages: [] }),
  });
  expect(answer.status).toBe(502);
  const row = page.getByRole('row').filter({ hasText: '…1234' });
  await expect(row.getByText('401, key refused')).toBeVisible();
  fixed = true;
  await page.getByRole('button', { name: 'Check keys' }).click();
  const note = page.getByText('works, but still cools from an earlier failure.');
  await expect(note).toBeVisible();
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(row.getByText('Ready')).toBeVisible();
  await expect(note).toBeHidden();
  await upstream.close();
});

test('tests a model with one real request that stands in the log', async ({ page, app }) => {
  await app.open('/providers/demo');
  await expect(page.getByText('it costs nothing and is logged like any other')).toBeVisible();
  await expect(page.getByLabel('Model', { exact: true })).toHaveValue('chat');
  await page.getByRole('button', { name: 'Test model' }).click();
  await expect(page.getByText('Answered')).toBeVisible();
  await expect(page.getByText('First token')).toBeVisible();
  expect(await violations(page, 'test of a model')).toEqual([]);
  await page.getByRole('button', { name: 'Show request' }).click();
  await expect(page).toHaveURL(/requests\/req_/);
  await expect(page.getByRole('heading', { name: 'chat', level: 2 })).toBeVisible();
});

test.describe('what is kept', () => {
  test.use({
    start: {
      demo: false,
      keychain: true,
      environment: { SWITCHYARD_MASTER_KEY: 'a'.repeat(64) },
    },
  });
  test('providers, keys, labels and limits are there after a restart, secrets nowhere in the files', async ({
    app,
  }) => {
    const upstream = await startGuarded(KEY);
    await app.open('/providers');
    await addProvider(app.page, 'mine', upstream.url, KEY);
    await app.page.getByRole('button', { name: /^Actions on/ }).click();
    await app.page.getByRole('menuitem', { name: 'Edit label and limits' }).click();
    await app.page.getByLabel('Label').fill('main');
    await app.page.getByLabel('At once').fill('20');
    await app.page.getByRole('button', { name: 'Save' }).click();
    await expect(app.page.getByText('0 / 20')).toBeVisible();
    await app.restart();
    await app.open('/providers');
    const row = app.page.getByRole('row').filter({ hasText: '…1234' });
    await expect(row).toContainText('main');
    await expect(row).toContainText('0 / 20');
    await row.getByRole('button', { name: 'Check key main' }).click();
    await expect(row.getByText('Works')).toBeVisible();
    expect(configOf(app)).not.toContain(KEY);
    if (app.kind === 'desktop') {
      // The host copies it; the page never has it.
      await row.getByRole('button', { name: 'Copy key main' }).click();
      await expect.poll(() => app.clipboard()).toBe(KEY);
      await expect(app.page.getByText(/The clipboard is cleared in \d+ s/)).toBeVisible();
    } else {
      await expect(app.page.getByText('Keys are never sent to the browser.')).toBeVisible();
      await expect(row.getByRole('button', { name: 'Copy key main' })).toHaveCount(0);
    }
    expect(await app.page.content()).not.toContain(KEY);
    await upstream.close();
  });
});

test.describe('limits, accounts and budgets', () => {
  test.use({
    start: { demo: false, keychain: true, environment: { SWITCHYARD_MASTER_KEY: 'b'.repeat(64) } },
  });

  test('are shown with the time left; strategy and limits are changed, cool-downs ended', async ({
    page,
    app,
  }) => {
    const upstream = await startFakeUpstream();
    upstream.script((request) =>
      request.json(
        429,
        { error: { message: 'Slow down', type: 'requests', code: 'rate_limit_exceeded' } },
        {
          'retry-after': '120',
          'x-ratelimit-limit-tokens': '250000',
          'x-ratelimit-remaining-tokens': '12000',
          'x-ratelimit-reset-tokens': '90s',
        },
      ),
    );
    await app.open('/providers');
    await addProvider(page, 'mine', upstream.url, `${KEY},sk-e2e-spare-00000000009999`);
    await page.getByLabel('Choose by').selectOption('In turn');
    const row = page.getByRole('row').filter({ hasText: '…1234' });
    await row.getByRole('button', { name: /^Actions on/ }).click();
    await page.getByRole('menuitem', { name: 'Edit label and limits' }).click();
    await page.getByLabel('Label').fill('main');
    await page.getByLabel('Requests a minute').fill('600');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('600 requests a minute, set here')).toBeVisible();

    // The account is told of both, of the second when it is added.
    await page.getByRole('button', { name: 'Add key' }).first().click();
    await page.getByLabel('Key', { exact: true }).fill('sk-e2e-third-000000000008888');
    await page.getByLabel('Tokens a minute').fill('90000');
    await page.getByLabel('Account').fill('shop');
    await page.getByRole('dialog').getByRole('button', { name: 'Add key' }).click();
    await expect(page.getByText('90,000 tokens a minute, set here')).toBeVisible();
    for (const part of ['strategy: round-robin', 'tpm: 90000'])
      await expect.poll(() => configOf(app)).toContain(part);
    await expect(page.getByText('belong to one account')).toHaveCount(0);
    for (const name of ['…1234', '…9999']) {
      await page
        .getByRole('row')
        .filter({ hasText: name })
        .getByRole('button', { name: /^Actions on/ })
        .click();
      await page.getByRole('menuitem', { name: 'Edit label and limits' }).click();
      await page.getByLabel('Account').fill('shop');
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    await app.open('/');
    await page.getByRole('link', { name: 'Add budget' }).click();
    await page.getByRole('button', { name: 'Add budget' }).click();
    await page.getByLabel('Amount, US dollars').fill('60');
    await page.getByRole('button', { name: 'per day' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Add budget' }).click();
    await expect(page.getByText('Budget saved: All, today')).toBeVisible();
    await app.open('/providers');
    await expect(page.getByText('belong to one account')).toBeVisible();

    await ask(app, 'mine/m');
    await expect(row.getByText('429, rate limited')).toBeVisible();
    await expect(page.getByText('12,000 / 250,000').first()).toBeVisible();
    // Of two minutes.
    await expect(page.getByText(/^(2:00|1:\d\d)$/).first()).toBeVisible();
    expect(await violations(page, 'providers that cool')).toEqual([]);
    await page.getByRole('button', { name: 'Clear all cooling' }).click();
    await expect(row.getByText('Ready')).toBeVisible();
    await expect(page.getByRole('button', { name: /^Clear what cools/ })).toHaveCount(0);

    await app.open('/');
    await expect(page.getByText('$0.00 of $60.00')).toBeVisible();
    expect(await violations(page, 'overview with a budget')).toEqual([]);
    await page.getByRole('button', { name: 'Reset budget: All, today' }).click();
    await page
      .getByRole('alertdialog')
      .or(page.getByRole('dialog'))
      .getByText('Reset budget', { exact: true })
      .click();
    await expect(page.getByText('All, today: counted anew from now')).toBeVisible();
    await upstream.close();
  });
});

async function ask(app: SwitchyardApp, model: string): Promise<void> {
  await fetch(`${app.gatewayAddress}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }] }),
  });
}
