/** Clients with all their limits, and what routing offers beside dragging: buttons, keys, and taking back. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SwitchyardApp } from '../fixtures/app.ts';
import { expect, test } from '../fixtures/test.ts';

const configOf = ({ folder }: SwitchyardApp): Promise<string> =>
  readFile(join(folder, 'config.yaml'), 'utf8');

test('a client gets limits, a budget and models; every tool is asked for a key from then on', async ({
  page,
  app,
}) => {
  const models = (key?: string): Promise<number> =>
    fetch(`${app.gatewayAddress}/v1/models`, {
      headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    }).then(({ status }) => status);
  await app.open('/routing?tab=budgets');
  await page.getByRole('button', { name: 'Add client' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('ci');
  await dialog.getByLabel('Requests a minute').fill('many');
  await dialog.getByRole('button', { name: 'Add client' }).click();
  await expect(dialog).toContainText('A whole number up to 100,000');
  await dialog.getByLabel('Requests a minute').fill('30');
  await dialog.getByLabel('At once').fill('2');
  await dialog.getByLabel('Budget, US dollars').fill('5');
  await dialog.getByRole('button', { name: 'per day' }).click();
  const picker = dialog.getByRole('combobox', { name: 'Add a model or alias it may ask for' });
  for (const model of ['demo/chat', 'demo/chat-large']) {
    await picker.fill(model);
    await dialog.getByRole('option', { name: model, exact: true }).click();
  }
  await dialog.getByRole('button', { name: 'Remove demo/chat-large' }).click();
  const demands = dialog.getByRole('switch', { name: 'Ask every tool for a key' });
  if (!(await demands.isChecked())) await demands.click();
  await dialog.getByRole('button', { name: 'Add client' }).click();
  const shown = page.getByRole('textbox', { name: 'Key of ci' });
  await expect(shown).toHaveText(/^sy-/);
  const key = (await shown.textContent()) ?? '';
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await expect(page.getByRole('table', { name: 'Clients' })).toContainText('demo/chat');
  await expect(page.getByRole('table', { name: 'Budgets' })).toContainText('Client ci');
  await expect.poll(() => models()).toBe(401);
  expect(await models(key)).toBe(200);
  const config = await configOf(app);
  for (const part of ['rpm: 30', 'max_concurrency: 2', 'usd: 5', 'per: day']) expect(config).toContain(part);
  expect(config).not.toContain('demo/chat-large');

  await page.getByRole('button', { name: 'Actions of ci' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await demands.click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('ci changed')).toBeVisible();
  await expect.poll(() => models()).toBe(200);
});

test.describe('aliases and rules of the file', () => {
  test.use({
    start: {
      config: `models:
  - { id: fast, targets: [{ model: demo/chat }, { model: demo/chat-large }] }
rules:
  - { name: narrow, when: { model: gpt-5 }, then: { model: demo/chat } }
  - { name: wide, when: { model: "claude-*" }, then: { model: demo/chat } }
`,
    },
  });

  test('targets move by buttons, a removed alias is kept, a rule is limited and moved up by its key', async ({
    page,
    app,
  }) => {
    await app.open('/routing/fast');
    await page.getByRole('button', { name: 'Move demo/chat down' }).click();
    await expect(page.getByRole('button', { name: 'Move demo/chat, 2 of 2' })).toBeVisible();
    await page.getByRole('button', { name: 'Move demo/chat up' }).click();
    await expect(page.getByRole('button', { name: 'Move demo/chat, 1 of 2' })).toBeVisible();
    await page.getByRole('button', { name: 'Move demo/chat, 1 of 2' }).press('ArrowDown');
    await expect(page.getByRole('button', { name: 'Move demo/chat, 2 of 2' })).toBeFocused();

    // The list of models is walked by arrows; Escape gives up what was typed, and no more.
    const picker = page.getByRole('combobox', { name: 'Add a model or alias' });
    await picker.fill('demo');
    const options = page.getByRole('listbox', { name: 'Add a model or alias' }).getByRole('option');
    // What was typed can be taken at once; models come when they were read.
    await expect(options.nth(1)).toBeVisible();
    await expect(options.first()).toHaveAttribute('aria-selected', 'true');
    await picker.press('ArrowDown');
    await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
    await picker.press('ArrowUp');
    await expect(options.first()).toHaveAttribute('aria-selected', 'true');
    await picker.press('Escape');
    await expect(picker).toHaveValue('');
    await expect(page.getByRole('button', { name: 'Remove alias' })).toBeVisible();

    await page.getByRole('button', { name: 'Remove alias' }).click();
    await page.getByRole('button', { name: 'Keep it' }).first().click();
    await expect(page.getByText('fast is removed when you apply.')).toBeHidden();

    await page.getByRole('button', { name: 'Edit rule 2: send to demo/chat' }).click();
    const editor = page.getByRole('region', { name: 'Edit rule' });
    await editor.getByLabel('Size, less than').fill('2KB');
    await editor.getByRole('switch', { name: 'Use rule 2' }).click();
    await page.getByRole('button', { name: 'Move rule 2 of 2' }).press('ArrowUp');
    await expect(page.getByRole('table', { name: 'Rules' }).getByRole('row').nth(1)).toContainText('wide');
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect(page.getByText(/changes? applied/)).toBeVisible();
    const config = await configOf(app);
    expect(config).toMatch(/chat-large[^]*demo\/chat \}[^]*wide[^]*narrow/);
    for (const part of ['under: 2000', 'enabled: false']) expect(config).toContain(part);
  });
});
