/** Keys that stand in the variables of whoever started the app. */
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
