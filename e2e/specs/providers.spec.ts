import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startFakeUpstream } from '../../gateway/testing/fake-upstream.ts';
import { expect, test } from '../fixtures/test.ts';

const KEY = 'sk-e2e-canary-000000001234';

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
  await expect(page.getByText(`${upstream.url}/chat/completions`, { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Add key' }).first().click();
  await page
    .getByLabel('Key', { exact: true })
    .or(page.getByLabel('Keys', { exact: true }))
    .first()
    .fill(KEY);
  await page.getByRole('dialog').getByRole('button', { name: /^Add/ }).click();
  await expect(page.getByText('…1234').filter({ visible: true })).toHaveCount(1);
  expect(await page.content()).not.toContain(KEY);

  const answer = await fetch(`${app.gatewayAddress}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'mine/m', messages: [] }),
  });
  expect(await answer.text()).toContain('from the fake');
  expect(upstream.requests[0]?.headers['authorization']).toBe(`Bearer ${KEY}`);
  expect(readFileSync(join(app.folder, 'config.yaml'), 'utf8')).not.toContain(KEY);
  await upstream.close();
});
