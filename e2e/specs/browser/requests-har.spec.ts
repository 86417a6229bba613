/** A HAR that Chromium itself reads: what was logged is answered out of the file, and comes back when it is imported. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures/test.ts';

/** What a tool sent and what it got. */
interface Exchange {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly body: string | null;
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

const chat = (content: string, stream: boolean): string =>
  JSON.stringify({ model: 'demo/chat', stream, messages: [{ role: 'user', content }] });

const SENT = [
  { path: '/v1/chat/completions', method: 'POST', body: chat('über “trains”, 火车', true) },
  { path: '/v1/chat/completions?beta=a%20b', method: 'POST', body: chat('hello', false) },
  { path: '/v1/chat/completions', method: 'POST', body: chat('/error 400', true) },
] as const;

async function send(address: string, one: (typeof SENT)[number]): Promise<Exchange> {
  const { path, method, body } = one;
  const answer = await fetch(address + path, {
    method,
    body,
    headers: { 'content-type': 'application/json' },
  });
  return {
    ...one,
    status: answer.status,
    type: answer.headers.get('content-type'),
    text: await answer.text(),
  };
}

/** Saves all requests as HAR by the dialog. */
async function exportHar(page: Page, path: string): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: 'Export' }).click();
  await (await download).saveAs(path);
  await expect(page.getByRole('dialog')).toBeHidden();
}

/** The file without what an import adds or numbers anew. */
async function contentOf(path: string): Promise<unknown> {
  const content: unknown = JSON.parse(await readFile(path, 'utf8'), (name, value: unknown) =>
    name === 'sequence' || name === 'imported' ? undefined : value,
  );
  return content;
}

test('Chromium answers out of an exported HAR as the gateway did, and an import brings it back', async ({
  app,
  page,
}, info) => {
  const exchanges: Exchange[] = [];
  for (const one of SENT) exchanges.push(await send(app.gatewayAddress, one));
  expect(exchanges.map(({ status }) => status)).toEqual([200, 200, 400]);
  const rows = page.getByRole('row').filter({ hasText: 'demo/chat' });
  await app.open('/requests');
  await expect(rows).toHaveCount(SENT.length);
  // Their ends stand in the log too.
  await expect(rows.filter({ hasText: '200' })).toHaveCount(2);
  await expect(rows.filter({ hasText: '400' })).toHaveCount(1);
  const har = info.outputPath('requests.har');
  await exportHar(page, har);

  const browser = page.context().browser();
  if (browser === null) throw new Error('There is no browser.');
  const replay = await browser.newContext();
  try {
    const blank = `${app.gatewayAddress}/blank`;
    // What is not in the file is not answered: the gateway is never asked.
    await replay.routeFromHAR(har, { notFound: 'abort' });
    await replay.route(blank, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
    );
    const reader = await replay.newPage();
    await reader.goto(blank);
    for (const { path, method, body, ...got } of exchanges) {
      const read = await reader.evaluate(
        async ([url, verb, content]) => {
          const answer = await fetch(url, {
            method: verb,
            body: content,
            headers: { 'content-type': 'application/json' },
          });
          return {
            status: answer.status,
            type: answer.headers.get('content-type'),
            text: await answer.text(),
          };
        },
        [app.gatewayAddress + path, method, body] as const,
      );
      expect(read).toEqual(got);
    }
    const missing = reader.evaluate(
      (url) => fetch(url).then(({ status }) => status),
      `${app.gatewayAddress}/health`,
    );
    await expect(missing).rejects.toThrow('Failed to fetch');
  } finally {
    await replay.close();
  }
  await expect(rows).toHaveCount(SENT.length);

  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete requests' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete requests' }).click();
  await expect(page.getByText('No requests yet')).toBeVisible();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Import' }).click();
  await page.getByRole('dialog').getByLabel('File to import').setInputFiles(har);
  await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('3 added, 0 there already, 0 refused');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await expect(rows).toHaveCount(SENT.length);
  await expect(rows.first()).toContainText('imported');
  const again = info.outputPath('again.har');
  await exportHar(page, again);
  expect(await contentOf(again)).toEqual(await contentOf(har));

  // Found by what they are, and counted in no figure: those of the three that were deleted stay as they were.
  await app.open('/');
  await expect(page.getByRole('definition').first()).toHaveText('3');
  await app.open('/requests?q=-is:imported');
  await expect(page.getByText('No request matches')).toBeVisible();
});
