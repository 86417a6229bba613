/** What is left to do on pages that other specs walk through: each act is done once, and what it brings is looked at. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startFakeUpstream, type FakeUpstream } from '../../gateway/testing/fake-upstream.ts';
import { ask } from '../fixtures/chat.ts';
import { expect, test } from '../fixtures/test.ts';

test.describe('many providers of which one never lists its models', () => {
  const PROVIDERS = Array.from({ length: 12 }, (_, place) => `p${place + 10}`);
  let upstream: FakeUpstream;
  test.beforeAll(async () => {
    upstream = await startFakeUpstream({ scriptLists: true });
    upstream.script(() => {
      // Left without an answer.
    });
  });
  test.afterAll(() => upstream.close());
  test.use({
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are wanted.
    start: async ({}, use) => {
      const named = PROVIDERS.map(
        (id) =>
          `  - { id: ${id}, dialect: openai-chat, base_url: "http://127.0.0.1:9", allow_private_network: true, models: [shared, only-${id}] }\n`,
      );
      const silent = `  - { id: silent, dialect: openai-chat, base_url: "${upstream.url}", allow_private_network: true }\n`;
      await use({ config: `providers:\n${named.join('')}${silent}` });
    },
  });

  test('all providers are unfolded, a search and filters cleared, another offer opened, the detail widened, a refresh stopped', async ({
    page,
    app,
  }) => {
    await app.open('/models');
    const rows = page.getByRole('grid').getByRole('row').filter({ hasNotText: 'Context' });
    const search = page.getByRole('searchbox', { name: /^Search by id/ });
    await search.fill('only-p21');
    await expect(rows).toHaveCount(1);
    await search.press('Escape');
    await expect(search).toHaveValue('');
    await expect(page.getByRole('row').filter({ hasText: 'only-p10' })).toBeVisible();

    const providers = page.getByRole('group', { name: 'Provider', exact: true });
    const last = providers.getByRole('checkbox', { name: 'p21' });
    await expect(last).toHaveCount(0);
    await providers.getByRole('button', { name: /^Show \d+ more$/ }).click();
    await last.check();
    await expect(rows).toHaveCount(2);
    await search.fill('nothing like it');
    await expect(page.getByText('No model matches these 2 filters.')).toBeVisible();
    // Another stands above the list, beside what is chosen.
    await page.getByRole('button', { name: 'Clear filters' }).last().click();
    await expect(last).not.toBeChecked();
    await expect(search).toHaveValue('');

    await app.open('/models/p10%2Fshared');
    const detail = page.getByRole('region', { name: 'Model detail' });
    await detail.getByRole('button', { name: 'p12' }).click();
    await expect(page).toHaveURL(/p12(\/|%2F)shared/);
    await expect(detail.getByRole('button', { name: 'p10' })).toBeVisible();
    const edge = detail.getByRole('separator', { name: 'Width of the detail' });
    await edge.press('End');
    await expect(edge).toHaveAttribute('aria-valuenow', '400');
    await edge.press('ArrowLeft');
    await edge.press('ArrowLeft');
    await edge.press('ArrowRight');
    await expect(edge).toHaveAttribute('aria-valuenow', '416');
    await edge.press('Home');
    await expect(edge).toHaveAttribute('aria-valuenow', (await edge.getAttribute('aria-valuemax')) ?? '');
    await edge.press('End');
    const box = await edge.boundingBox();
    if (box === null) throw new Error('The edge of the detail is not to be seen.');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 - 30, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => Number(await edge.getAttribute('aria-valuenow'))).toBeGreaterThan(420);

    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Refresh', exact: true }).click();
    const meter = page.getByRole('progressbar', { name: 'Reading model lists' });
    await expect(meter).toBeVisible();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(meter).toBeHidden();
    await expect(page.getByRole('button', { name: 'Refresh', exact: true })).toBeVisible();
    // One that came to its end by itself, as this would for want of an answer, tells how it went.
    await expect(page.getByText(/lists? could not be read|Model lists read/)).toHaveCount(0);
  });
});

test('a long body is shown whole and raw, a column fitted by key, filters cleared, the time chosen from a list, the gateway resumed', async ({
  page,
  app,
}) => {
  await ask(app, `${'long '.repeat(12_000)}to its end`);
  await app.open('/requests');
  const rows = page.getByRole('row').filter({ hasText: 'demo/chat' });
  await expect(rows).toHaveCount(1);
  const edge = page.getByRole('separator', { name: 'Width of the column Provider' });
  const width = async (): Promise<number> => Number(await edge.getAttribute('aria-valuenow'));
  const usual = await width();
  await edge.press('End');
  await expect.poll(width).toBeGreaterThan(usual);
  const widest = await width();
  await edge.press('Enter');
  await expect.poll(width).toBeLessThan(widest);
  await edge.press('End');
  await expect.poll(width).toBe(widest);
  await edge.press('Backspace');
  await expect.poll(width).toBe(usual);

  await page.getByRole('combobox', { name: 'Filter requests' }).fill('outcome:cut');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No request matches this filter.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).last().click();
  await expect(rows).toHaveCount(1);

  await rows.click();
  const detail = page.getByRole('region', { name: 'Request detail' });
  await detail.getByRole('tab', { name: 'Request', exact: true }).click();
  await expect(detail.getByText('This is the beginning')).toBeVisible();
  await expect(detail.locator('pre')).not.toContainText('to its end');
  await detail.getByRole('button', { name: /^Show all/ }).click();
  await expect(detail.locator('pre')).toContainText('to its end');
  await detail.getByRole('group', { name: 'Show' }).getByRole('button', { name: 'Raw' }).click();
  await expect(detail.locator('pre')).toContainText('{"model":"demo/chat","stream":true');

  const bar = page.getByRole('contentinfo');
  await bar.getByRole('button', { name: /^State of the gateway/ }).click();
  await page.getByRole('menuitem', { name: 'Pause' }).click();
  await bar.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect.poll(async () => (await fetch(`${app.gatewayAddress}/ready`)).status).toBe(200);
  await expect(bar.getByRole('button', { name: 'Resume', exact: true })).toBeHidden();

  await app.open('/?provider=demo&model=demo/chat');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page).not.toHaveURL(/provider=|model=/);
  await page.setViewportSize({ width: 800, height: 900 });
  await page.getByRole('combobox', { name: 'Time', exact: true }).selectOption('7 days');
  await expect(page).toHaveURL(/7d/);
});

test.describe('a rule for a client', () => {
  test.use({
    start: {
      config: `clients: [{ id: laptop, key: laptop-key-0123456, optional: true }]
rules:
  - { name: at-home, when: { client: laptop }, then: { model: demo/chat } }
`,
    },
  });

  test('is tried as that client; a limit being typed is given up', async ({ page, app }) => {
    await app.open('/routing?tab=rules');
    await page.getByRole('button', { name: /^Edit rule 1/ }).click();
    const trial = page.getByRole('region', { name: 'Test this request' });
    await trial.getByRole('combobox', { name: 'Model' }).fill('demo/chat-large');
    await expect(trial).not.toContainText('Goes to demo, chat');
    await trial.getByRole('combobox', { name: 'Client' }).fill('laptop');
    await expect(trial.getByText('Goes to demo, chat', { exact: true })).toBeVisible();

    await app.open('/routing?tab=budgets');
    const limit = page.getByRole('textbox', { name: 'Requests a minute of laptop' });
    await limit.fill('30');
    await limit.press('Enter');
    await expect.poll(() => readFile(join(app.folder, 'config.yaml'), 'utf8')).toMatch(/rpm: 30/);
    // Kept and told back, it is what giving up leads to.
    await expect(limit).toHaveValue('30');
    await limit.fill('7');
    await limit.press('Escape');
    await expect(limit).toHaveValue('30');
  });
});
