/** Keys that stand in the variables of whoever started the app. */
import { invoke } from '../../fixtures/bridge.ts';
import { expect, test } from '../../fixtures/desktop-test.ts';

test.use({
  start: {
    demo: false,
    keychain: true,
    environment: {
      OPENAI_API_KEY: 'sk-e2e-environment-000000001234',
      GROQ_API_KEY: 'gsk-e2e-environment-00000005678',
      MISTRAL_API_KEY: 'e2e-environment-mistral-00000009012',
    },
  },
});

test('are offered at the start and later, one by one, and not again once that was refused', async ({
  page,
  app,
}) => {
  const keys = page.getByRole('checkbox');
  await expect(keys).toHaveCount(3);
  await page.getByRole('checkbox', { name: /GROQ_API_KEY/ }).uncheck();
  await page.getByRole('checkbox', { name: /OPENAI_API_KEY/ }).uncheck();
  await page.getByRole('button', { name: 'Import key', exact: true }).click();
  await expect(keys).toHaveCount(0);
  await app.open('/providers');
  await expect(page.getByText('2 variables with keys were found')).toBeVisible();
  await page.getByRole('checkbox', { name: /GROQ_API_KEY/ }).uncheck();
  await page.getByRole('button', { name: 'Import 1' }).click();
  await expect(page.getByText('1 key imported')).toBeVisible();
  const cards = page.getByRole('region', { name: 'Providers' }).getByRole('listitem');
  await expect(cards.filter({ hasText: 'Mistral' })).toBeVisible();
  await cards.getByRole('button', { name: /OpenAI/ }).click();
  await expect(page.getByRole('row').filter({ hasText: '…1234' })).toBeVisible();
  await page.getByRole('button', { name: 'Do not ask again' }).click();
  await expect(page.getByText('GROQ_API_KEY')).toBeHidden();
});

test('are taken one after the other in the first minutes, and the last one is declined for good', async ({
  app,
}) => {
  const keys = () => app.page.getByRole('checkbox');
  const take = async (variable: string, left: number): Promise<void> => {
    await expect(keys()).toHaveCount(left);
    for (const other of ['OPENAI_API_KEY', 'GROQ_API_KEY', 'MISTRAL_API_KEY'].filter(
      (one) => one !== variable,
    )) {
      const box = app.page.getByRole('checkbox', { name: new RegExp(other) });
      if ((await box.count()) > 0) await box.uncheck();
    }
    await app.page.getByRole('button', { name: 'Import key', exact: true }).click();
    await expect(keys()).toHaveCount(0);
  };
  const another = () => app.page.getByRole('button', { name: 'Add another' });
  await take('OPENAI_API_KEY', 3);
  await another().click();
  await take('GROQ_API_KEY', 2);
  await another().click();
  await expect(keys()).toHaveCount(1);
  await app.page.getByRole('button', { name: 'Do not ask again' }).click();
  await expect(keys()).toHaveCount(0);
  // A key can be pasted all the same.
  await expect(app.page.getByLabel('Key', { exact: true })).toBeVisible();
  await app.restart();
  await app.open('/providers');
  const cards = app.page.getByRole('region', { name: 'Providers' }).getByRole('listitem');
  await expect(cards.filter({ hasText: 'Groq' })).toBeVisible();
  await expect(app.page.getByText('MISTRAL_API_KEY')).toHaveCount(0);
});

test.describe('where they have no place', () => {
  test.use({ start: { demo: false, environment: { GROQ_API_KEY: 'gsk-e2e-environment-00000005678' } } });
  test.skip(process.platform !== 'linux', 'macOS and Windows bring a keychain');

  test('stay where they are, and it is told of which and why', async ({ page, app }) => {
    await app.open('/providers');
    await page.getByRole('button', { name: 'Import 1' }).click();
    const note = page.getByRole('region', { name: 'Notifications' });
    await expect(note).toContainText(/GROQ_API_KEY: .*Secret Service cannot be reached/);
    await expect(page.getByRole('checkbox', { name: /GROQ_API_KEY/ })).toBeChecked();
    expect(JSON.stringify(await invoke(page, 'providers.list'))).not.toContain('"groq"');
  });
});
