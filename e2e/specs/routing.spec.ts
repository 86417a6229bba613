import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';

const CONFIG = `# mine
models:
  - id: fast # for the editor
    targets:
      - model: demo/chat # first
      - model: nobody/nothing
routing: { default_model: fast }
`;

const FULL = `${CONFIG}clients: [{ id: laptop, key: laptop-key-0123456, budget: { usd: 20 } }]
budgets:
  - { scope: all, usd: 60, warn_at: [0.5, 0.8] } # together
rules:
  - when: { model: "gpt-*", size: { over: 200KB }, header: { x-team: red }, time: { from: "22:00", to: "06:00", days: [sat, sun] } }
    then: { model: smart }
  - when: { client: claude-code, tools: true }
    then: { model: fast }
`.replace(
  'routing:',
  `  - id: smart
    strategy: complexity
    targets:
      - { model: demo/chat, level: low }
      - { model: fast, from: 0.2, to: 0.6 }
      - { model: nobody/nothing, level: high }
routing:`,
);

const OVERFLOW = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

/** Drags one handle over another by the mouse, once both stand still. */
async function drag(page: Page, handle: Locator, over: Locator, to: 'above' | 'below'): Promise<void> {
  const boxes = async () => [await handle.boundingBox(), await over.boundingBox()] as const;
  let [from, target] = await boxes();
  await expect(async () => {
    const before = JSON.stringify([from, target]);
    [from, target] = await boxes();
    expect(JSON.stringify([from, target])).toBe(before);
  }).toPass();
  if (from === null || target === null) throw new Error('The handles are not drawn.');
  await page.mouse.move(from.x + 8, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(target.x + 8, to === 'above' ? target.y - 8 : target.y + target.height, { steps: 6 });
  await page.mouse.up();
}

/** Asks for a model by its name. @returns the status */
async function status(address: string, model: string): Promise<number> {
  const answer = await fetch(`${address}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hi' }] }),
  });
  await answer.text();
  return answer.status;
}

test('an alias is made, answers, and is removed again', async ({ page, app }) => {
  await app.open('/routing');
  await expect(page.getByText('No aliases yet')).toBeVisible();
  await page.getByRole('button', { name: 'Add alias' }).first().click();
  await page.getByLabel('Name').fill('quick');
  await expect(page.getByRole('button', { name: 'Apply' })).toBeDisabled();
  await page.getByRole('combobox', { name: 'Add a model or alias' }).fill('demo');
  await page.getByRole('option', { name: 'demo/chat' }).first().click();
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('1 change applied')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Aliases' })).toContainText('Ready');
  expect(await status(app.gatewayAddress, 'quick')).toBe(200);

  await page.getByRole('button', { name: 'Remove alias' }).click();
  await expect(page.getByText('quick is removed when you apply.')).toBeVisible();
  expect(await status(app.gatewayAddress, 'quick')).toBe(200);
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('No aliases yet')).toBeVisible();
  await expect.poll(() => status(app.gatewayAddress, 'quick')).toBe(404);
});

test.describe('an alias of the file', () => {
  test.use({ start: { config: CONFIG } });

  test('is reordered by keyboard and renamed; the rest of the file stays', async ({ page, app }) => {
    await app.open('/routing/fast');
    await expect(page.getByText('No provider offers this name.')).toBeVisible();
    await page.getByRole('button', { name: 'Move nobody/nothing, 2 of 2' }).focus();
    await page.keyboard.press('ArrowUp');
    await page.getByLabel('Name').fill('swift');
    await expect(page.getByText('1 change not applied')).toBeVisible();
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect(page.getByText('1 change applied')).toBeVisible();
    const text = await readFile(join(app.folder, 'config.yaml'), 'utf8');
    const expected = CONFIG.replace('fast # for', 'swift # for')
      .replace(
        '      - model: demo/chat # first\n      - model: nobody/nothing',
        '      - model: nobody/nothing\n      - model: demo/chat # first',
      )
      .replace('default_model: fast', 'default_model: swift');
    expect(text.slice(0, expected.length)).toBe(expected);
    await app.restart();
    await app.open('/routing/swift');
    await expect(app.page.getByRole('button', { name: 'Move demo/chat, 2 of 2' })).toBeVisible();
  });

  test('is reordered by dragging', async ({ page, app }) => {
    await app.open('/routing/fast');
    const handle = page.getByRole('button', { name: 'Move demo/chat, 1 of 2' });
    const other = page.getByRole('button', { name: 'Move nobody/nothing, 2 of 2' });
    await expect(page.getByText('No provider offers this name.')).toBeVisible();
    await drag(page, handle, other, 'below');
    await expect(page.getByRole('button', { name: 'Move demo/chat, 2 of 2' })).toBeVisible();
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    await expect(handle).toBeVisible();
  });
});

test('a client is made, its key is seen once and works, and it goes and comes back', async ({
  page,
  app,
}) => {
  await app.open('/routing?tab=budgets');
  await page.getByRole('button', { name: 'Add client' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('ci');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Key of ci' })).toHaveText(/^sy-/);
  const key = await page.getByRole('textbox', { name: 'Key of ci' }).textContent();
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await expect(page.getByRole('table', { name: 'Clients' })).toContainText('ci');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect.poll(() => page.content()).not.toContain(key);
  const models = await fetch(`${app.gatewayAddress}/v1/models`, {
    headers: { authorization: `Bearer ${key}` },
  });
  expect(models.status).toBe(200);
  await page.getByRole('button', { name: 'Actions of ci' }).click();
  await page.getByRole('menuitem', { name: 'Remove client' }).click();
  await expect(page.getByText('No clients yet')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('table', { name: 'Clients' })).toContainText('ci');
});

test.describe('rules of the file', () => {
  test.use({
    start: {
      config: `rules:
  - { name: narrow, when: { model: gpt-5 }, then: { model: demo/chat } }
  - { name: wide, when: { model: "gpt-*" }, then: { model: demo/chat } }
`,
    },
  });

  test('are moved by keyboard; one that is never reached is told; applying is taken back', async ({
    page,
    app,
  }) => {
    await app.open('/routing');
    await page.getByRole('button', { name: 'Move rule 1 of 2' }).focus();
    await page.keyboard.press('ArrowDown');
    await expect(
      page.getByText('Never reached: rule 1 takes every request this one would.').first(),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect(page.getByText('1 change applied')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('Never reached').first()).toBeHidden();
    await expect.poll(() => readFile(join(app.folder, 'config.yaml'), 'utf8')).toMatch(/narrow[^]*wide/);
  });
});

test.describe('in every width', () => {
  test.use({ start: { config: FULL } });
  for (const width of [375, 1024, 2560]) {
    test(`nothing overflows at ${width} px`, async ({ page, app }) => {
      await page.setViewportSize({ width, height: 900 });
      for (const [path, role] of [
        ['/routing', 'table'],
        ['/routing/fast', 'combobox'],
        ['/routing/smart', 'combobox'],
        ['/routing?rule=1', 'combobox'],
        ['/routing?explain=1', 'textbox'],
        ['/routing?tab=complexity', 'slider'],
        ['/routing?tab=budgets', 'meter'],
      ] as const) {
        await app.open(path);
        await expect(page.getByRole(role).first()).toBeVisible();
        if (path.endsWith('explain=1')) {
          await page.locator('form input').first().fill('smart');
          await page.locator('form button').click();
          await expect(page.locator('form + div dl')).toBeVisible();
        }
        await expect.poll(() => page.evaluate(OVERFLOW)).toBe(0);
      }
    });
  }
});

test('a rule is made, takes requests and counts them; its alias draws by weight', async ({ page, app }) => {
  await app.open('/routing');
  await page.getByRole('button', { name: 'Add alias' }).click();
  await page.getByLabel('Name').fill('drawn');
  await page.getByLabel('Strategy').selectOption('weighted');
  const search = page.getByRole('combobox', { name: 'Add a model or alias' });
  await search.fill('demo/chat');
  await page.getByRole('option', { name: 'demo/chat' }).first().click();
  await page.getByLabel('Weight of demo/chat').fill('3');
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByRole('combobox', { name: 'Choose a model or alias' }).fill('drawn');
  await expect(page.getByRole('listbox').getByRole('option').first()).toContainText('drawn');
  await page.keyboard.press('Enter');
  await page.getByLabel('Model asked for').fill('gpt-*');
  await expect(page.getByText('2 changes not applied')).toBeVisible();
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('2 changes applied')).toBeVisible();
  const written = await readFile(join(app.folder, 'config.yaml'), 'utf8');
  for (const part of ['weighted', 'weight: 3', 'gpt-*']) expect(written).toContain(part);

  expect(await status(app.gatewayAddress, 'gpt-anything')).toBe(200);
  const rules = page.getByRole('table', { name: 'Rules' });
  await expect(rules).toContainText('s ago');

  await page.getByRole('button', { name: 'Explain a request' }).click();
  await page.getByLabel('Request body').fill('{"model":"gpt-5","messages":[{"role":"user","content":"hi"}]}');
  await page.keyboard.press('Control+Enter');
  const pane = page.getByRole('region', { name: 'Explain a request' });
  await expect(pane).toContainText('Rule 1 applies: send to drawn');
  await expect(pane).toContainText('demo/chat drawn by weight');
  await expect(pane).toContainText('Goes to demo, chat');
  await page.keyboard.press('Escape');
});

test.describe('rules of the file', () => {
  test.use({ start: { config: FULL } });

  test('are reordered by keyboard and by dragging', async ({ page, app }) => {
    await app.open('/routing');
    const first = page.getByRole('button', { name: 'Move rule 1 of 2' });
    const second = page.getByRole('button', { name: 'Move rule 2 of 2' });
    const row = page.getByRole('table', { name: 'Rules' }).getByRole('row').nth(1);
    await first.focus();
    await page.keyboard.press('ArrowDown');
    await expect(second).toBeFocused();
    await expect(row).toContainText('claude-code');
    await drag(page, second, first, 'above');
    await expect(row).toContainText('gpt-*');
    await expect(page.getByText('not applied')).toHaveCount(0);
  });
});

test('a rule is switched off by keyboard, is passed over, and says so', async ({ page, app }) => {
  await app.open('/routing');
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByRole('combobox', { name: 'Choose a model or alias' }).fill('demo/chat');
  await expect(page.getByRole('listbox').getByRole('option').first()).toContainText('demo/chat');
  await page.keyboard.press('Enter');
  await page.getByLabel('Name of the rule').fill('Everything to the demo');
  await page.getByLabel('Model asked for').fill('gpt-*');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('1 change applied')).toBeVisible();
  await expect.poll(() => status(app.gatewayAddress, 'gpt-5')).toBe(200);
  const used = page.getByRole('table', { name: 'Rules' }).getByRole('switch', { name: 'Use rule 1' });
  await used.focus();
  await page.keyboard.press('Space');
  await expect(used).not.toBeChecked();
  await expect(page.getByText('1 change not applied')).toBeVisible();
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('not applied')).toHaveCount(0);
  await expect.poll(() => status(app.gatewayAddress, 'gpt-5')).toBe(404);
  expect(await readFile(join(app.folder, 'config.yaml'), 'utf8')).toContain('enabled: false');
  await app.open('/routing?explain=1');
  await page.getByLabel('Model', { exact: true }).fill('gpt-5');
  await page.keyboard.press('Enter');
  const pane = page.getByRole('region', { name: 'Explain a request' });
  await expect(pane).toContainText('Rule 1 “Everything to the demo” is switched off');
});

test.describe('budgets and limits', () => {
  test.use({ start: { config: FULL } });

  test('are made, changed and removed by keyboard; the rest of the file stays', async ({ page, app }) => {
    const text = (): Promise<string> => readFile(join(app.folder, 'config.yaml'), 'utf8');
    await app.open('/routing?tab=budgets');
    const table = page.getByRole('table', { name: 'Budgets' });
    await expect(table).toContainText('$60.00');
    const before = await text();

    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByLabel('Amount, US dollars')).toBeFocused();
    await page.keyboard.type('5');
    await dialog.getByLabel('For').selectOption('alias');
    await page.keyboard.press('Enter');
    await expect(dialog).toBeVisible();
    await dialog.getByLabel('Which').selectOption('fast');
    await dialog.getByLabel('Amount, US dollars').focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText('Budget saved: Alias fast, this month')).toBeVisible();
    await expect(table).toContainText('Alias fast');

    await page.getByRole('button', { name: 'Change budget: All, this month' }).focus();
    await page.keyboard.press('Enter');
    await dialog.getByLabel('Amount, US dollars').fill('75.50');
    await page.keyboard.press('Enter');
    await expect(table).toContainText('$75.50');
    await page.getByRole('button', { name: 'Change budget: Client laptop, this month' }).click();
    await dialog.getByLabel('Warn at, per cent').fill('90');
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();

    await page.getByRole('button', { name: 'Remove budget: Alias fast, this month' }).focus();
    await page.keyboard.press('Enter');
    await expect(table).not.toContainText('Alias fast');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(table).toContainText('Alias fast');
    await page.getByRole('button', { name: 'Remove budget: Alias fast, this month' }).click();
    await expect(table).not.toContainText('Alias fast');
    await expect
      .poll(text)
      .toBe(before.replace('usd: 60,', 'usd: 75.5,').replace('{ usd: 20 }', '{ usd: 20, warn_at: [ 0.9 ] }'));

    const rpm = page.getByLabel('Requests a minute of laptop');
    await rpm.fill('30');
    await rpm.press('Enter');
    await expect.poll(text).toContain('rpm: 30');
  });

  test('weights are moved, tried and applied', async ({ page, app }) => {
    await app.open('/routing?tab=complexity');
    await expect(page.getByText('Decides in 1 alias: smart')).toBeVisible();
    await page.getByLabel('Prompt, or a whole request as JSON').fill('Prove it step by step.');
    const trial = page.getByRole('region', { name: 'Try a prompt' });
    await expect(trial).toContainText(/Score 0\.\d\d, (medium|high)/);
    await page.getByLabel('Weight of Reasoning').focus();
    await page.keyboard.press('Home');
    await expect(trial).toContainText('low');
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect(page.getByText('1 change applied')).toBeVisible();
    await expect.poll(() => readFile(join(app.folder, 'config.yaml'), 'utf8')).toMatch(/reasoning: 0\b/);
  });
});
