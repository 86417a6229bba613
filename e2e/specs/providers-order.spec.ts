/** Providers and keys put in order: a card is dragged, keys are sorted, several are switched together. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../fixtures/test.ts';

test.use({
  start: {
    config: `providers:
  - id: mine
    dialect: openai-chat
    base_url: http://127.0.0.1:9/v1
    allow_private_network: true
    models: [m]
    keys:
      - { id: k1, label: beta, value: sk-e2e-order-00000000001111 }
      - { id: k2, label: alpha, value: sk-e2e-order-00000000002222 }
  - { id: groq, models: [llama-3.3-70b-versatile] }
`,
  },
});

test('a card is dragged above another; keys are sorted by label and switched off and on together', async ({
  page,
  app,
}) => {
  const config = (): Promise<string> => readFile(join(app.folder, 'config.yaml'), 'utf8');
  await app.open('/providers/mine');
  const table = page.getByRole('table', { name: 'Keys' });
  const keys = table.getByRole('row').filter({ hasText: '…' });
  await expect(keys.first()).toContainText('beta');
  await table.getByRole('button', { name: 'Label' }).click();
  await expect(keys.first()).toContainText('alpha');
  await table.getByRole('button', { name: 'Label' }).click();
  await expect(keys.first()).toContainText('beta');

  await page.getByRole('checkbox', { name: 'Choose all keys shown' }).click();
  const group = page.getByRole('group', { name: '2 keys chosen' });
  await group.getByRole('button', { name: /^Switch off/ }).click();
  await expect(keys.getByText('Off', { exact: true })).toHaveCount(2);
  await group.getByRole('button', { name: /^Switch on/ }).click();
  await expect(keys.getByText('Ready')).toHaveCount(2);

  const cards = page.getByRole('region', { name: 'Providers' }).getByRole('listitem');
  await cards.filter({ hasText: 'Groq' }).dragTo(cards.filter({ hasText: 'mine' }));
  await expect.poll(config).toMatch(/id: groq[^]*id: mine/);
});
