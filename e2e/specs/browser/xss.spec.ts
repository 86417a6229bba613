/**
 * Row 62 of the fault list, on every page: whatever others name or say is words. Each place has markup that would
 * tell which place it came from.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startFakeUpstream, type FakeUpstream } from '../../../gateway/testing/fake-upstream.ts';
import type { SwitchyardApp } from '../../fixtures/app.ts';
import { expect, test } from '../../fixtures/test.ts';
import { fill, FULL } from '../../fixtures/tour/place.ts';
import { goTo, leave, STOPS } from '../../fixtures/tour/stops.ts';
import { LANGUAGES, wordsOf } from '../../fixtures/tour/words.ts';

/** Says whose it is; short enough for the name of a provider. */
const short = (place: string): string => `<img src=//evil.example/${place} onerror=pwned=1>`;
/** Runs in three ways. */
const bad = (place: string): string =>
  `${short(place)}<svg/onload=pwned=1>{{constructor.constructor('window.pwned=1')()}}`;
const quoted = (place: string): string => JSON.stringify(short(place));

let upstream: FakeUpstream;
test.beforeAll(async () => {
  upstream = await startFakeUpstream();
  upstream.script((request) =>
    request.json(
      400,
      { error: { message: bad('error'), type: bad('type'), code: bad('code') } },
      {
        'x-request-id': 'one',
        'x-hostile': bad('header').replaceAll('\n', ''),
      },
    ),
  );
});
test.afterAll(() => upstream.close());

test.use({
  actionTimeout: 10_000,
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are wanted.
  start: async ({}, use) => {
    const provider = `
  - { id: hostile, name: ${quoted('provider')}, dialect: openai-chat, base_url: "${upstream.url}", allow_private_network: true, models: [m, ${quoted('model')}], keys: [{ id: k, label: ${quoted('label')}, value: sk-e2e-xss-0000000000 }] }`;
    const config = (FULL.config ?? '')
      .replace('providers:', `providers:${provider}`)
      .replace(/name: Nights.*/, `name: ${quoted('rule')}`);
    await use({ config });
  },
});

async function sendHostile({ gatewayAddress, home }: SwitchyardApp): Promise<void> {
  await fetch(`${gatewayAddress}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': bad('program'), 'x-team': bad('asked') },
    body: JSON.stringify({
      model: 'hostile/m',
      user: bad('user'),
      messages: [{ role: 'user', content: bad('prompt') }],
      tools: [{ type: 'function', function: { name: 'a', description: bad('tool'), parameters: {} } }],
    }),
  });
  await mkdir(join(home, '.claude'), { recursive: true });
  await writeFile(
    join(home, '.claude', 'settings.json'),
    JSON.stringify({ env: { A: bad('file') } }, null, 2),
  );
}

/** What has become an element, and which places stand on the page as words. */
async function look(page: Page): Promise<{ readonly ran: unknown; readonly elements: number }> {
  return {
    ran: await page.evaluate('window.pwned ?? null'),
    elements: await page.locator('img[src*=evil], [onerror], [onload]').count(),
  };
}

test('nothing of others runs, loads or becomes an element on any page', async ({ app, page }) => {
  test.setTimeout(360_000);
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('evil.example')) foreign.push(request.url());
  });
  await fill(app);
  await sendHostile(app);
  const shown = new Set<string>();
  const stops = [
    ...STOPS,
    { name: 'hostile provider', path: '/providers/hostile', ready: 'main h2:visible' },
    {
      name: 'hostile model',
      path: `/models/${encodeURIComponent(`hostile/${short('model')}`)}`,
      ready: 'main h2:visible',
    },
  ];
  for (const stop of stops) {
    expect(await goTo(stop, page, wordsOf(LANGUAGES.en), (path) => app.open(path))).toBeNull();
    expect([stop.name, await look(page)]).toEqual([stop.name, { ran: null, elements: 0 }]);
    const text = await page.locator('body').innerText();
    for (const [, place = ''] of text.matchAll(/evil\.example\/(\w+) onerror/g)) shown.add(place);
    await leave(stop, page);
  }
  expect(foreign).toEqual([]);
  // Nothing is proved by what was not shown.
  expect([...shown].sort()).toEqual(
    expect.arrayContaining(['error', 'file', 'label', 'model', 'program', 'prompt', 'provider', 'rule']),
  );
});
