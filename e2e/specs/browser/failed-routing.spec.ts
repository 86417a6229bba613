/** Routing that cannot be tried, scored, arranged or limited: what was typed stays, and is taken once it is tried again. */
import { ask } from '../../fixtures/chat.ts';
import { expect, REASON, test } from '../../fixtures/failing-calls.ts';

test.describe('what is kept of routing', () => {
  test.use({
    start: {
      config: `models: [{ id: fast, targets: [{ model: demo/chat }, { model: demo/chat-large }] }]
clients: [{ id: laptop, key: laptop-key-0123456, optional: true }]
rules: [{ name: narrow, when: { model: gpt-5 }, then: { model: demo/chat } }]
`,
    },
  });

  test('a dry run, a trial, a score, an order and limits', async ({ app, page, calls }) => {
    await ask(app, 'hello');
    await app.open('/routing?explain=1');
    const main = page.getByRole('main');
    const pane = page.getByRole('region', { name: 'Explain a request' });
    calls.refuse('requests.list');
    await pane.getByRole('button', { name: 'From the log' }).click();
    await expect(page.getByRole('menuitem', { name: REASON })).toBeDisabled();
    await page.keyboard.press('Escape');
    calls.refuse('routing.explain');
    await pane.getByRole('combobox', { name: 'Model' }).fill('fast');
    const explain = pane.getByRole('button', { name: 'Explain', exact: true });
    await explain.click();
    await expect(pane).toContainText(REASON);
    await calls.pressToMend(explain);
    await expect(pane).toContainText('Goes to demo, chat');
    await page.getByRole('button', { name: /^Edit rule 1/ }).click();
    const trial = page.getByRole('region', { name: 'Test this request' });
    calls.refuse('routing.explain');
    await trial.getByRole('combobox', { name: 'Model' }).fill('gpt-5');
    await expect(trial.getByRole('alert')).toContainText(REASON);
    calls.mend();
    await trial.getByRole('combobox', { name: 'Model' }).fill('gpt-5 ');
    await expect(trial).toContainText('Goes to demo, chat');

    await page.getByRole('table', { name: 'Aliases' }).getByRole('button', { name: 'fast' }).click();
    await page.getByLabel('Strategy').selectOption('weighted');
    calls.refuse('aliases.put');
    const apply = page.getByRole('button', { name: 'Apply', exact: true });
    await apply.click();
    await expect(main).toContainText(`Not everything was applied. ${REASON}`);
    await expect(page.getByText('1 change not applied')).toBeVisible();
    await calls.pressToMend(apply);
    await expect(page.getByText('1 change applied')).toBeVisible();
    await expect(main).not.toContainText(REASON);

    await app.open('/routing?tab=complexity');
    calls.refuse('complexity.score');
    const prompt = page.getByLabel('Prompt, or a whole request as JSON');
    await prompt.fill('Prove it.');
    await expect(main.getByRole('alert')).toContainText(REASON);
    calls.mend();
    await prompt.fill('Prove it step by step.');
    await expect(page.getByRole('region', { name: 'Try a prompt' })).toContainText(/Score 0\.\d\d/);

    await app.open('/routing?tab=budgets');
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Add budget' }).click();
    await dialog.getByLabel('Amount, US dollars').fill('5');
    calls.refuse('budgets.put');
    await dialog.getByRole('button', { name: 'Add budget' }).click();
    await expect(dialog.getByRole('alert')).toContainText(REASON);
    await expect(dialog.getByLabel('Amount, US dollars')).toHaveValue('5');
    await calls.pressToMend(dialog.getByRole('button', { name: 'Add budget' }));
    await expect(dialog).toBeHidden();
    await page.getByRole('button', { name: 'Actions of laptop' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await dialog.getByLabel('Requests a minute').fill('30');
    calls.refuse('clients.update');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByRole('alert')).toContainText(REASON);
    await expect(dialog.getByLabel('Requests a minute')).toHaveValue('30');
    await calls.pressToMend(dialog.getByRole('button', { name: 'Save' }));
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('textbox', { name: 'Requests a minute of laptop' })).toHaveValue('30');
  });
});
