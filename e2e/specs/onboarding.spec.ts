/** The first minutes: a key, a tool, the first request. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  startFakeUpstream,
  type FakeRequest,
  type FakeUpstream,
} from '../../gateway/testing/fake-upstream.ts';
import { ANSWER, chunk, DONE } from '../../gateway/testing/openai-wire.ts';
import { violations } from '../fixtures/axe.ts';
import { expect, test } from '../fixtures/test.ts';

const KEY = 'sk-proj-e2e-welcome-000000007777';
const MODELS = {
  object: 'list',
  data: ['gpt-5', 'gpt-5-mini', 'text-embedding-3-small'].map((id) => ({ id })),
};

let upstream: FakeUpstream;
test.beforeAll(async () => {
  upstream = await startFakeUpstream({ scriptLists: true });
});
test.afterAll(() => upstream.close());
test.beforeEach(() => upstream.script(openai));

/** OpenAI, as far as the welcome needs it. */
function openai(request: FakeRequest): void {
  if (request.headers['authorization'] !== `Bearer ${KEY}`) {
    return request.json(401, { error: { message: 'Incorrect API key provided', code: 'invalid_api_key' } });
  }
  if (request.path.endsWith('/models')) return request.json(200, MODELS);
  if (!request.body.includes('"stream":true')) return request.json(200, ANSWER);
  request.sse([
    chunk({ role: 'assistant', content: 'Hello ' }),
    chunk({ content: 'there.' }),
    chunk({}, 'stop'),
    DONE,
  ]);
}

test.use({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are wanted.
  start: async ({}, use) => {
    // The built-in provider at an address of our own, still without a key.
    const provider = `{ id: openai, base_url: "${upstream.url}", allow_private_network: true }`;
    await use({ demo: false, keychain: true, config: `providers:\n  - ${provider}\n` });
  },
});

test('leads from nothing to the first request, and is not shown again', async ({ app, page }) => {
  await expect(page.getByRole('heading', { name: 'One local port for every model' })).toBeVisible();
  expect(await violations(page, 'welcome, first step')).toEqual([]);

  // A wrong key is refused in the provider's words, and another takes its place.
  await page.getByLabel('Key', { exact: true }).fill('sk-proj-wrong-000000000000');
  await page.getByRole('button', { name: 'Add key' }).click();
  await expect(page.getByText('Key refused')).toBeVisible();
  await expect(page.getByText('Incorrect API key provided')).toBeVisible();
  await page.getByRole('button', { name: 'Use another key' }).click();
  await page.getByLabel('Key', { exact: true }).fill(KEY);
  await page.getByRole('button', { name: 'Add key' }).click();
  await expect(page.getByText('Key accepted')).toBeVisible();
  await expect(page.getByText('…7777')).toBeVisible();
  await expect(page.getByText('3 models')).toBeVisible();
  expect(await page.content()).not.toContain(KEY);
  expect(await violations(page, 'welcome, second step')).toEqual([]);

  // What is copied works as it is.
  const figure = page.getByRole('figure');
  await expect(figure).toContainText('"model":"openai/gpt-5-mini"');
  await figure.getByRole('button').click();
  await expect.poll(() => app.clipboard()).toContain(`${app.gatewayAddress}/v1/chat/completions`);
  const command = await app.clipboard();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Waiting for a request.')).toBeVisible();
  await promisify(execFile)('sh', ['-c', command]);

  await expect(page.getByText('The first request was answered')).toBeVisible();
  await expect(page.getByText('curl', { exact: true }).last()).toBeVisible();
  expect(await violations(page, 'welcome, third step')).toEqual([]);
  await page.getByRole('button', { name: 'Send a test request' }).click();
  await expect(page.getByText('Hello there.')).toBeVisible();

  await page.getByRole('button', { name: 'Open Switchyard' }).click();
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  await app.restart();
  await expect(app.page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
});

test('can be skipped, and found again in the settings', async ({ app, page }) => {
  await page.getByRole('button', { name: 'Skip' }).click();
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  await app.restart();
  await expect(app.page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  await app.open('/settings/about');
  await app.page.getByRole('button', { name: 'Show it again' }).click();
  await expect(app.page.getByRole('heading', { name: 'One local port for every model' })).toBeVisible();
});

test('works by keyboard alone', async ({ page }) => {
  await page.getByLabel('Key', { exact: true }).focus();
  await page.keyboard.type(KEY);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Key accepted')).toBeVisible();
  for (const name of ['Continue', 'Send a test request']) {
    const button = page.getByRole('button', { name });
    await expect(button).toBeEnabled();
    await button.press('Enter');
  }
  await expect(page.getByText('The first request was answered')).toBeVisible();
});

test.describe('with the demo', () => {
  test.use({ start: {} });

  test('there is something that answers, so it is not in the way', async ({ app, page }) => {
    await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
    await app.open('/welcome');
    await expect(page.getByText('Demo is ready')).toBeVisible();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Send a test request' }).click();
    await expect(page.getByText('The first request was answered')).toBeVisible();
  });
});
