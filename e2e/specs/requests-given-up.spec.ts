/** What of the log is closed and cancelled again, and what a request that was imported tells of how it came about. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import * as z from 'zod/mini';
import { startFakeUpstream, type FakeUpstream } from '../../gateway/testing/fake-upstream.ts';
import { chunk, DONE } from '../../gateway/testing/openai-wire.ts';
import { ask } from '../fixtures/chat.ts';
import { expect, test } from '../fixtures/test.ts';

const detail = (page: Page): Locator => page.getByRole('region', { name: 'Request detail' });

async function choose(within: Page | Locator, page: Page, item: string): Promise<void> {
  await within.getByRole('button', { name: 'More', exact: true }).first().press('Enter');
  await page.getByRole('menuitem', { name: item }).press('Enter');
}

test('details and dialogs are left without a trace; time that is marked is let go of', async ({
  page,
  app,
}) => {
  await Promise.all(Array.from({ length: 40 }, () => ask(app, '/error 400')));
  await app.open('/requests');
  const grid = page.getByRole('grid');
  const rows = page.getByRole('row').filter({ hasText: 'demo/chat' });
  await expect(page.getByText('40 requests', { exact: true })).toBeVisible();
  await grid.focus();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('Enter');
  await expect(detail(page).getByText('Request id')).toBeVisible();
  await detail(page).getByRole('button', { name: 'Close' }).press('Enter');
  await expect(detail(page)).toBeHidden();
  await expect(page).toHaveURL(/#\/requests$/);
  await expect(grid).toBeFocused();
  await page.setViewportSize({ width: 375, height: 800 });
  await page.evaluate(`document.querySelector('[role=grid]').scrollTop = 500`);
  await grid.click();
  await expect(detail(page).getByText('Request id')).toBeVisible();
  await expect(grid).toBeHidden();
  await detail(page).getByRole('button', { name: 'Back' }).click();
  await expect(grid).toBeFocused();
  await expect(page).toHaveURL(/#\/requests$/);
  // It stands where it stood.
  await expect.poll(() => page.evaluate(`document.querySelector('[role=grid]').scrollTop`)).toBe(500);
  await page.setViewportSize({ width: 1_280, height: 800 });

  const dialog = page.getByRole('dialog');
  const giveUp = async (open: () => Promise<void>, opener: Locator): Promise<void> => {
    for (const leave of [
      () => dialog.getByRole('button', { name: 'Cancel' }).press('Enter'),
      () => page.keyboard.press('Escape'),
    ]) {
      await open();
      await expect(dialog).toBeVisible();
      await leave();
      await expect(dialog).toBeHidden();
      await expect(opener).toBeFocused();
    }
  };
  const more = page.getByRole('button', { name: 'More', exact: true });
  for (const item of ['Export what is shown', 'Delete requests', 'Import requests'])
    await giveUp(() => choose(page, page, item), more.first());
  await rows.first().click();
  await expect(detail(page).getByText('Request id')).toBeVisible();
  await giveUp(
    () => choose(detail(page), page, 'Replay with another model'),
    detail(page).getByRole('button', { name: 'More', exact: true }),
  );
  await page.keyboard.press('Escape');

  const bars = page.getByRole('slider', { name: 'Requests over time' });
  const box = await bars.boundingBox();
  if (box === null) throw new Error('The bars are not drawn.');
  await page.mouse.move(box.x + 10, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y + 10, { steps: 4 });
  // As a touch that turned into scrolling.
  await bars.dispatchEvent('pointercancel');
  await page.mouse.up();
  await expect(bars).toHaveAttribute('aria-valuetext', /^Arrow keys mark/);
  await expect(page).not.toHaveURL(/time:/);

  await page.getByRole('combobox', { name: 'Filter requests' }).fill('status:400');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/status:400/);
  const views = page.getByRole('button', { name: 'Views' });
  await giveUp(async () => {
    await views.press('Enter');
    await page.getByRole('menuitem', { name: 'Save this filter as a view' }).press('Enter');
    await page.getByRole('textbox', { name: 'Name of the view' }).fill('Given up');
  }, views);
  await views.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'No views yet' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear filters' }).first().click();
  await expect(page.getByText('40 requests', { exact: true })).toBeVisible();
});

test.describe('what a model calls', () => {
  let upstream: FakeUpstream;
  test.beforeAll(async () => {
    upstream = await startFakeUpstream();
    const call = { index: 0, id: 'call_1', function: { name: 'get_time', arguments: '{"zone":"UTC"}' } };
    upstream.script((request) =>
      request.sse([
        ...Array.from({ length: 40 }, () => chunk({ content: 'word ' })),
        chunk({ tool_calls: [call] }),
        chunk({}, 'tool_calls'),
        DONE,
      ]),
    );
  });
  test.afterAll(() => upstream.close());
  test.use({
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are wanted.
    start: async ({}, use) => {
      const provider = `{ id: mine, dialect: openai-chat, base_url: "${upstream.url}", allow_private_network: true, models: [m], keys: [{ id: k1, value: sk-e2e-log-0000004321 }] }`;
      await use({ demo: false, config: `providers: [${provider}]\nrequests: { stream_events: 2KB }\n` });
    },
  });
  const lineSchema = z.looseObject({
    row: z.looseObject({ attempts: z.array(z.looseObject({})), costDetail: z.nullable(z.looseObject({})) }),
  });

  test('is told of a stream that was kept in part or not at all; an import tells what it refused, warnings, routing and costs', async ({
    page,
    app,
  }) => {
    await ask(app, 'in part', undefined, 'mine/m');
    await app.open('/requests');
    const rows = page.getByRole('row').filter({ hasText: 'mine/m' });
    await rows.first().click();
    const showTool = async (): Promise<void> => {
      await detail(page).getByRole('tab', { name: 'Response' }).click();
      await expect(detail(page).getByRole('heading', { name: 'Tool call get_time' })).toBeVisible();
      await expect(detail(page)).toContainText('{"zone":"UTC"}');
    };
    await showTool();
    await expect(detail(page)).toContainText('Only a part of this body was kept');
    await detail(page).getByRole('tab', { name: 'Events' }).click();
    await expect(detail(page)).toContainText('Only a part of the events was kept.');

    const file = join(app.folder, 'config.yaml');
    await writeFile(file, (await readFile(file, 'utf8')).replace('2KB', '0B'));
    await expect(async () => {
      await ask(app, 'not at all', undefined, 'mine/m');
      await rows.first().click();
      await showTool();
      await detail(page).getByRole('group', { name: 'Show' }).getByRole('button', { name: 'Events' }).click();
      await expect(detail(page)).toContainText('was not written because the log was busy', {
        timeout: 1_000,
      });
    }).toPass();
    await page.keyboard.press('Escape');

    const dialog = page.getByRole('dialog');
    await choose(page, page, 'Export what is shown');
    await dialog.getByRole('radio', { name: 'JSONL' }).check();
    const { path } = await app.download(() => dialog.getByRole('button', { name: 'Export' }).click());
    await expect(dialog).toBeHidden();
    const [first = ''] = (await readFile(path, 'utf8')).split('\n');
    const line = lineSchema.parse(JSON.parse(first));
    const cost = {
      pico: 2_000_000,
      price: null,
      lines: [{ what: 'input', tokens: 2, rate: 1, pico: 2_000_000 }],
      reported: 3_000_000,
    };
    const [attempt] = line.row.attempts;
    const row = {
      ...line.row,
      id: 'req_elsewhere',
      warnings: ['The other side knows no seed.'],
      // As an older version wrote it: in sentences alone.
      remarks: undefined,
      attemptCount: 2,
      attempts: [
        attempt,
        { ...attempt, passedOver: [{ provider: 'k9', keyFingerprint: null, reason: 'rate_limited' }] },
      ],
      costDetail: {
        ...cost,
        price: {
          source: 'override',
          asOf: null,
          name: 'mine/*',
          fromTokens: 1_000,
          factor: 0.5,
          input: 1,
          output: 1,
          cacheRead: null,
          cacheWrite: null,
        },
        notes: [{ code: 'service-tier', detail: 'flex' }],
        earlier: [{ ...cost, provider: 'elsewhere', model: 'other' }],
      },
      cost: 4_000_000,
      routing: {
        rule: null,
        aliases: [
          { alias: 'smart', strategy: 'complexity', first: 'mine/m', because: 'of its score', figure: 0.4 },
        ],
        complexity: { score: 0.4, parts: { length: 0.3, code: 0.1, tools: 0 } },
      },
    };
    await choose(page, page, 'Import requests');
    await dialog.getByLabel('File to import').setInputFiles({
      name: 'log.jsonl',
      mimeType: 'application/jsonl',
      buffer: Buffer.from(`${JSON.stringify({ ...line, row })}\n{"row":\n`),
    });
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(dialog).toContainText('1 added, 0 there already, 1 refused');
    await expect(dialog.getByRole('listitem')).toHaveText(['Entry 2 is not JSON.']);
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    const imported = rows.filter({ hasText: 'imported' });
    await expect(imported).toContainText('attempts');
    await imported.click();
    for (const told of [
      'The other side knows no seed.',
      'passed over k9',
      'Alias smart, strategy',
      'Complexity 0.4 of 1',
      'your own price · mine/* · from 1,000 tokens of prompt · × 0.5',
      'Earlier attempt at elsewhere, other',
      'Served in the tier flex',
      'off by',
    ])
      await expect(detail(page)).toContainText(told);
    const shares = detail(page).getByRole('region', { name: 'Routing' }).getByRole('term');
    await expect(shares).toHaveText(['Length', 'Code']);
  });
});
