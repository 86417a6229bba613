/** What editors of aliases, rules, clients, the tuner and the dry run offer: each is done once. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SwitchyardApp } from '../fixtures/app.ts';
import { ask } from '../fixtures/chat.ts';
import { expect, test } from '../fixtures/test.ts';

const configOf = ({ folder }: SwitchyardApp): Promise<string> =>
  readFile(join(folder, 'config.yaml'), 'utf8');

test('rules are made by key, given every condition, doubled, moved, removed and put back', async ({
  page,
  app,
}) => {
  await app.open('/routing');
  await expect(page.getByText('No rules yet')).toBeVisible();
  await page.keyboard.press('r');
  await page.getByRole('combobox', { name: 'Choose a model or alias' }).fill('demo/chat');
  await page.keyboard.press('Enter');
  const pane = page.getByRole('region', { name: 'Edit rule' });
  await pane.getByRole('combobox', { name: 'Client' }).first().fill('claude-*');
  await pane.getByRole('button', { name: 'Add header' }).click();
  await pane.getByLabel('Name of header 1').fill('x-team');
  await pane.getByLabel('Value of header 1').fill('red');
  await pane.getByRole('button', { name: 'Add header' }).click();
  await pane.getByRole('button', { name: 'Remove header 2' }).click();
  await pane.getByLabel('Size, at least').fill('many');
  await expect(pane.getByText('A size such as 200KB or 5MB')).toBeVisible();
  await pane.getByLabel('Size, at least').fill('200KB');
  await pane.getByLabel('Time, from').fill('22:00');
  await pane.getByLabel('Time, until').fill('06:00');
  await pane.getByRole('button', { name: 'Sat', exact: true }).click();
  await pane.getByLabel('Offers tools').selectOption('yes');
  await pane.getByLabel('Holds images').selectOption('no');
  // Tried as it stands here, before it is in force.
  const trial = pane.getByRole('region', { name: 'Test this request' });
  await trial.getByRole('combobox', { name: 'Model' }).fill('gpt-5');
  await expect(trial).toContainText('does not hold');

  await pane.getByRole('button', { name: 'Duplicate rule' }).click();
  const rules = page.getByRole('table', { name: 'Rules' });
  await expect(rules.getByRole('switch')).toHaveCount(2);
  await pane.getByLabel('Name of the rule').fill('The copy');
  await pane.getByRole('button', { name: 'Move this rule up' }).click();
  await expect(rules.getByRole('row').nth(1)).toContainText('The copy');
  await pane.getByRole('button', { name: 'Move this rule down' }).click();
  await expect(rules.getByRole('row').nth(2)).toContainText('The copy');
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(page.getByText(/^\d changes? applied$/)).toBeVisible();
  const written = await configOf(app);
  for (const part of [
    'claude-*',
    'x-team: red',
    'over: 200000',
    '22:00',
    'sat',
    'tools: true',
    'images: false',
  ])
    expect(written).toContain(part);

  await pane.getByRole('button', { name: 'Remove rule' }).click();
  await expect(rules.getByRole('switch')).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(rules.getByRole('switch')).toHaveCount(2);
  await rules.getByRole('button', { name: 'Edit rule 2: send to demo/chat' }).click();
  await expect(pane.getByLabel('Name of the rule')).toHaveValue('The copy');
  await page.keyboard.press('Escape');
  await expect(pane).toBeHidden();
});

test.describe('aliases of the file', () => {
  test.use({
    start: {
      config: `models:
  - id: fast
    targets: [{ model: demo/chat }, { model: demo/chat-large }]
clients: [{ id: laptop, key: laptop-key-0123456, optional: true }]
`,
    },
  });

  test('an alias gets shares and ranges, loses a target, is kept after all; one change is discarded', async ({
    page,
    app,
  }) => {
    await app.open('/routing');
    await page.getByRole('table', { name: 'Aliases' }).waitFor();
    await page.keyboard.press('n');
    await expect(page.getByRole('heading', { name: 'New alias' })).toBeVisible();
    await page.getByRole('button', { name: 'Remove alias' }).click();
    await expect(page.getByRole('heading', { name: 'New alias' })).toBeHidden();
    await page.getByRole('table', { name: 'Aliases' }).getByRole('button', { name: 'fast' }).click();
    const pane = page.getByRole('region', { name: 'Edit alias' });
    await pane.getByLabel('Strategy').selectOption('complexity');
    await pane.getByLabel('Complexity that demo/chat is for', { exact: true }).selectOption('From … to …');
    await pane.getByLabel('Lowest score for demo/chat', { exact: true }).fill('0.7');
    await pane.getByLabel('Scores for demo/chat stay below', { exact: true }).fill('0.2');
    await expect(pane.getByText('The first must be below the second')).toBeVisible();
    await pane.getByLabel('Scores for demo/chat stay below', { exact: true }).fill('0.9');
    await expect(pane.getByText('The first must be below the second')).toBeHidden();
    await pane.getByLabel('Strategy').selectOption('weighted');
    await pane.getByLabel('Share of demo/chat', { exact: true }).focus();
    await page.keyboard.press('ArrowRight');
    await pane.getByRole('button', { name: 'Remove demo/chat-large' }).click();
    await expect(pane.getByRole('button', { name: /^Move demo.* of / })).toHaveCount(1);
    await pane.getByRole('button', { name: 'Discard this change' }).click();
    await expect(pane.getByRole('button', { name: /^Move demo.* of / })).toHaveCount(2);

    await pane.getByRole('button', { name: 'Remove alias' }).click();
    await pane.getByRole('button', { name: 'Keep it' }).click();
    await expect(page.getByText('is removed when you apply')).toBeHidden();
    await page.getByRole('link', { name: 'Default model' }).click();
    await expect(page).toHaveURL(/settings\/routing/);
  });

  test('a request of the log is explained and the result copied; another way of asking is explained too', async ({
    page,
    app,
  }) => {
    await ask(app, 'where did it go');
    await app.open('/routing');
    await page.getByRole('table', { name: 'Aliases' }).waitFor();
    await page.keyboard.press('e');
    const pane = page.getByRole('region', { name: 'Explain a request' });
    // The row may be on its way into the log yet.
    await expect(async () => {
      await pane.getByRole('button', { name: 'From the log' }).click();
      try {
        await page.getByRole('menuitem', { name: /demo\/chat/ }).click({ timeout: 2_000 });
      } catch (error) {
        await page.keyboard.press('Escape');
        throw error;
      }
    }).toPass();
    await expect(pane.getByRole('textbox', { name: 'Request body' })).toHaveValue(/where did it go/);
    await expect(pane).toContainText('Goes to demo, chat');
    await pane.getByRole('button', { name: 'Copy explanation' }).click();
    await expect.poll(() => app.clipboard()).toContain('Goes to demo, chat');

    await pane.getByLabel('Format').selectOption('Anthropic Messages');
    await pane.getByRole('textbox', { name: 'Request body' }).fill('');
    await pane.getByRole('combobox', { name: 'Model' }).fill('fast');
    await pane.getByRole('combobox', { name: 'Client' }).fill('laptop');
    await pane.getByLabel('Headers').fill('x-team: red');
    await pane.getByRole('button', { name: 'Explain', exact: true }).click();
    await expect(pane).toContainText('fast');
    await page.keyboard.press('Escape');
    await expect(pane).toBeHidden();
  });

  test('a client is limited and gets another key; its requests are a press away', async ({ page, app }) => {
    await app.open('/routing?tab=budgets');
    const table = page.getByRole('table', { name: 'Clients' });
    await expect(table).toContainText('laptop');
    const act = async (name: string): Promise<void> => {
      await page.getByRole('button', { name: 'Actions of laptop' }).click();
      await page.getByRole('menuitem', { name, exact: true }).click();
    };
    await act('Edit');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Add a model or alias it may ask for' }).fill('demo/*');
    await page.keyboard.press('Enter');
    await dialog.getByLabel('Log keeps').selectOption('All but the bodies');
    await dialog.getByRole('switch', { name: 'Ask every tool for a key' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(table).toContainText('demo/*');
    await expect.poll(() => configOf(app)).toContain('metadata');
    const limit = table.getByLabel('Requests at once of laptop');
    await limit.fill('3');
    await limit.press('Enter');
    await expect.poll(() => configOf(app)).toMatch(/max_concurrency: 3/);

    await act('New key');
    await dialog.getByRole('button', { name: 'New key' }).click();
    const key = page.getByRole('textbox', { name: 'Key of laptop' });
    await expect(key).toHaveText(/^sy-/);
    const text = await key.innerText();
    await dialog.getByRole('button', { name: 'Copy key' }).click();
    await expect.poll(() => app.clipboard()).toBe(text);
    await dialog.getByRole('button', { name: 'I have kept it' }).click();
    await act('Show its requests');
    await expect(page).toHaveURL(/#\/requests\?q=client:laptop/);
  });

  test('the tuner goes back to its defaults, and reads the scores anew', async ({ page, app }) => {
    await ask(app, 'score me');
    await app.open('/routing');
    await page.getByRole('tab', { name: 'Complexity' }).click();
    await page.getByLabel('Medium begins at').focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByText('1 change not applied')).toBeVisible();
    await page.getByRole('button', { name: 'Back to defaults' }).click();
    await expect(page.getByText('not applied')).toHaveCount(0);
    await ask(app, 'score me too');
    await expect(async () => {
      await page.getByRole('button', { name: 'Read again' }).click();
      await expect(page.getByText('2 requests of the log')).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await page.getByRole('tab', { name: 'Limits and budgets' }).click();
    await page.getByRole('table', { name: 'Clients' }).waitFor();
    await page.keyboard.press('c');
    await expect(page.getByRole('dialog', { name: 'Add a client' })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await expect(page.getByRole('dialog', { name: 'Add a budget' })).toBeVisible();
  });
});

test('the examples of an empty page are taken over; a budget only warns, by the day', async ({
  page,
  app,
}) => {
  await app.open('/routing');
  await page.getByRole('button', { name: /^Example: short questions to/ }).click();
  await expect(page.getByRole('table', { name: 'Rules' }).getByRole('switch')).toHaveCount(1);
  await page.getByRole('button', { name: 'Discard', exact: true }).click();
  await expect(page.getByText('No rules yet')).toBeVisible();
  await page.getByRole('button', { name: /^Example: .* = / }).click();
  await expect(page.getByRole('button', { name: /^Move demo.*, 1 of / })).toBeVisible();
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(page.getByText('1 change applied')).toBeVisible();
  await app.open('/routing?tab=budgets');
  await page.getByRole('button', { name: 'Add budget' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Amount, US dollars').fill('3');
  await dialog.getByRole('button', { name: 'per day' }).click();
  await dialog.getByRole('button', { name: 'Only warn' }).click();
  await dialog.getByRole('button', { name: 'Add budget' }).click();
  await expect(page.getByRole('table', { name: 'Budgets' })).toContainText('Only warn');
  await expect.poll(() => configOf(app)).toMatch(/action: warn/);
});
