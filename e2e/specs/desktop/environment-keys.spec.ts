/** Keys that stand in the variables of whoever started the app. */
import { expect, test } from '../../fixtures/desktop-test.ts';

test.use({
  start: {
    demo: false,
    keychain: true,
    environment: {
      OPENAI_API_KEY: 'sk-e2e-environment-000000001234',
      GROQ_API_KEY: 'gsk-e2e-environment-00000005678',
    },
  },
});

test('are offered one by one, and not again once that was refused', async ({ page, app }) => {
  await app.open('/providers');
  await expect(page.getByText('2 variables with keys were found')).toBeVisible();
  await page.getByRole('checkbox', { name: /GROQ_API_KEY/ }).uncheck();
  await page.getByRole('button', { name: 'Import 1' }).click();
  await expect(page.getByText('1 key imported')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: '…1234' })).toBeVisible();
  await page.getByRole('button', { name: 'Do not ask again' }).click();
  await expect(page.getByText('GROQ_API_KEY')).toBeHidden();
});
