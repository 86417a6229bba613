/** What of routing is closed, cancelled and let go of again, and what its panes say of things as they stand. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { startFakeUpstream, type FakeUpstream } from '../../gateway/testing/fake-upstream.ts';
import type { SwitchyardApp } from '../fixtures/app.ts';
import { ask } from '../fixtures/chat.ts';
import { expect, test } from '../fixtures/test.ts';

const configOf = ({ folder }: SwitchyardApp): Promise<string> =>
  readFile(join(folder, 'config.yaml'), 'utf8');

test.describe('panes and dialogs', () => {
  test.use({
    start: {
      config: `prices: [{ model: "demo/*", input: 1000000, output: 1000000 }]
models:
  - { id: chat, targets: [{ model: demo/chat }, { model: demo/chat-large }] }
  - { id: by-hand, provider: openai, api_key: sk-e2e-by-hand-00001234 }
clients: [{ id: laptop, key: laptop-key-0123456, optional: true }]
budgets: [{ scope: all, usd: 1, per: day, action: warn }]
rules:
  - { name: whole, when: {}, then: { model: chat } }
  - { name: narrow, when: { model: gpt-5 }, then: { model: demo/chat } }
`,
    },
  });

  test('a pane gives the keyboard back to what opened it, wide and on a phone; a drag that is broken off moves nothing', async ({
    app,
    page,
  }) => {
    await ask(app, 'hello', undefined, 'chat');
    await app.open('/routing');
    const before = await configOf(app);
    const pane = (name: string): Locator => page.getByRole('region', { name });
    const rule = page.getByRole('button', { name: /^Edit rule 2/ });
    const alias = page.getByRole('table', { name: 'Aliases' }).getByRole('button', { name: 'chat' });
    const explain = page.getByRole('button', { name: 'Explain a request' });
    for (const [width, close] of [
      [1_280, 'Close'],
      [375, 'Back'],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      for (const [opener, name] of [
        [rule, 'Edit rule'],
        [alias, 'Edit alias'],
        [explain, 'Explain a request'],
      ] as const) {
        await opener.press('Enter');
        await pane(name).getByRole('button', { name: close }).press('Enter');
        await expect(pane(name)).toBeHidden();
        await expect(opener).toBeFocused();
        await expect(page).toHaveURL(/#\/routing$/);
        await opener.click();
        await pane(name).getByRole('button', { name: close }).click();
        await expect(opener).toBeFocused();
      }
    }

    await page.setViewportSize({ width: 1_280, height: 800 });
    await alias.click();
    // One request of the week went by it.
    await expect(
      pane('Edit alias').getByText('Asked for, 7 days').locator('xpath=following-sibling::dd[1]'),
    ).toHaveText('1');
    await expect(pane('Edit alias')).toContainText('has a model named chat too');
    const places = pane('Edit alias').getByRole('list');
    const handle = pane('Edit alias').getByRole('button', { name: 'Move demo/chat, 1 of 2', exact: true });
    const breakOff = async (grip: Locator, list: Locator): Promise<void> => {
      const box = await grip.boundingBox();
      if (box === null) throw new Error('There is nothing to drag.');
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      // As a touch that turned into scrolling.
      await list.dispatchEvent('pointercancel');
      await page.mouse.move(x, y + 90, { steps: 4 });
      await page.mouse.up();
    };
    await breakOff(handle, places.first());
    await expect(handle).toBeVisible();
    const rules = page.getByRole('table', { name: 'Rules' });
    await breakOff(rules.getByRole('button', { name: 'Move rule 1 of 2' }), rules.locator('tbody'));
    await expect(rules.getByRole('row').nth(1)).toContainText('whole');
    await page.getByRole('table', { name: 'Aliases' }).getByRole('button', { name: 'by-hand' }).click();
    await expect(pane('Edit alias')).toContainText(
      'written in the configuration file with a provider of its own',
    );
    await page.getByRole('button', { name: /^Edit rule 1/ }).click();
    await expect(pane('Edit rule')).toContainText('the rules below it are never reached');
    await expect(page.getByText('not applied')).toHaveCount(0);
    expect(await configOf(app)).toBe(before);
  });

  test('what a dialog of limits asks is given up by Cancel and Escape, and nothing is saved', async ({
    app,
    page,
  }) => {
    await ask(app, 'hello');
    await app.open('/routing?tab=budgets');
    const before = await configOf(app);
    const budgets = page.getByRole('table', { name: 'Budgets' });
    await expect(budgets).toContainText('Spent, requests go on');
    const dialog = page.getByRole('dialog');
    const giveUp = async (
      open: () => Promise<void>,
      back: Locator,
      fill: () => Promise<void>,
    ): Promise<void> => {
      for (const leave of [
        () => dialog.getByRole('button', { name: 'Cancel' }).press('Enter'),
        () => page.keyboard.press('Escape'),
      ]) {
        await open();
        await fill();
        await leave();
        await expect(dialog).toBeHidden();
        await expect(back).toBeFocused();
      }
    };
    const amount = (): Promise<void> => dialog.getByLabel('Amount, US dollars').fill('77');
    const addBudget = page.getByRole('button', { name: 'Add budget' });
    const change = budgets.getByRole('button', { name: /^Change budget/ });
    const reset = budgets.getByRole('button', { name: /^Reset budget/ });
    const addClient = page.getByRole('button', { name: 'Add client' });
    const acts = page.getByRole('button', { name: 'Actions of laptop' });
    await giveUp(() => addBudget.press('Enter'), addBudget, amount);
    await giveUp(() => change.press('Enter'), change, amount);
    await giveUp(
      () => reset.press('Enter'),
      reset,
      () => expect(dialog).toContainText('Reset budget'),
    );
    await giveUp(
      () => addClient.press('Enter'),
      addClient,
      () => dialog.getByLabel('Name').fill('given-up'),
    );
    for (const name of ['Edit', 'New key'])
      await giveUp(
        async () => {
          await acts.press('Enter');
          await page.getByRole('menuitem', { name, exact: true }).press('Enter');
        },
        acts,
        () => expect(dialog).toContainText('laptop'),
      );
    expect(await configOf(app)).toBe(before);
    await expect(budgets).toContainText('Spent, requests go on');
    await reset.click();
    await dialog.getByRole('button', { name: 'Reset budget' }).click();
    await expect(dialog).toBeHidden();
    await expect(budgets).not.toContainText('Spent,');

    // A key is seen this once: neither Escape nor a press beside it loses it.
    await acts.press('Enter');
    await page.getByRole('menuitem', { name: 'New key' }).press('Enter');
    await dialog.getByRole('button', { name: 'New key' }).press('Enter');
    await expect(page.getByRole('textbox', { name: 'Key of laptop' })).toHaveText(/^sy-/);
    await page.keyboard.press('Escape');
    await page.mouse.click(5, 5);
    await expect(dialog).toBeVisible();
    await dialog.getByRole('button', { name: 'I have kept it' }).press('Enter');
    await expect(dialog).toBeHidden();
    await expect(acts).toBeFocused();
  });
});

test.describe('a dry run', () => {
  let upstream: FakeUpstream;
  test.beforeAll(async () => {
    upstream = await startFakeUpstream();
    upstream.script((request) =>
      request.json(429, { error: { message: 'Slow down.' } }, { 'retry-after': '600' }),
    );
  });
  test.afterAll(() => upstream.close());
  test.use({
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are wanted.
    start: async ({}, use) => {
      const provider = `{ id: mine, dialect: openai-chat, base_url: "${upstream.url}", allow_private_network: true, models: [m], keys: [{ id: k1, value: sk-e2e-dry-0000004321 }] }`;
      await use({
        config: `providers: [${provider}]
clients: [{ id: laptop, key: laptop-key-0123456, optional: true, log: metadata }]
models: [{ id: fast, targets: [{ model: demo/chat }] }]
rules: [{ name: narrow, when: { model: gpt-5 }, then: { model: demo/chat } }]
`,
      });
    },
  });

  test('says that the log is empty or holds no body, what rests and why, and which changes it takes into account', async ({
    app,
    page,
  }) => {
    await app.open('/routing?explain=1');
    const pane = page.getByRole('region', { name: 'Explain a request' });
    const fromLog = pane.getByRole('button', { name: 'From the log' });
    await fromLog.click();
    await expect(page.getByRole('menuitem', { name: 'The log is empty' })).toBeDisabled();
    await page.keyboard.press('Escape');
    const answer = await fetch(`${app.gatewayAddress}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer laptop-key-0123456' },
      body: JSON.stringify({ model: 'mine/m', messages: [{ role: 'user', content: 'hello' }] }),
    });
    expect(answer.status).toBe(429);
    await answer.text();
    await expect(async () => {
      await fromLog.click();
      await page.getByRole('menuitem', { name: /mine\/m/ }).click({ timeout: 2_000 });
    }).toPass();
    await expect(pane).toContainText('The log does not hold its whole body.');
    await expect(pane).toContainText('No place could take it right now.');
    await expect(pane.getByRole('region', { name: 'The plan' }).or(pane)).toContainText('“Slow down.”');

    const body = pane.getByRole('textbox', { name: 'Request body' });
    await expect(body).toHaveValue('');
    await page
      .getByRole('switch', { name: /rule 1/i })
      .first()
      .click();
    await pane.getByRole('button', { name: 'Explain', exact: true }).click();
    await expect(pane).toContainText('By the rules as they stand on this page');
    await page.getByRole('table', { name: 'Aliases' }).getByRole('button', { name: 'fast' }).click();
    await page.getByLabel('Strategy').selectOption('weighted');
    await page.getByRole('button', { name: 'Explain a request' }).click();
    await pane.getByRole('button', { name: 'Explain', exact: true }).click();
    await expect(pane).toContainText('Changes to aliases that are not applied yet are not part of this.');
  });
});
