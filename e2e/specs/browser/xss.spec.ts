/**
 * Row 62 of the fault list, on every page: whatever others name or say is words. Each place has markup that would
 * tell which place it came from.
 */
import type { Page } from '@playwright/test';
import { startFakeUpstream, type FakeUpstream } from '../../../gateway/testing/fake-upstream.ts';
import { expect, test } from '../../fixtures/test.ts';
import { bad, nameThings, placesIn, quoted, sendHostile } from '../../fixtures/tour/hostile.ts';
import { HOSTILE, PLACES } from '../../fixtures/tour/hostile-stops.ts';
import { fill, FULL } from '../../fixtures/tour/place.ts';
import { goTo, leave, STOPS, type Stop } from '../../fixtures/tour/stops.ts';
import { LANGUAGES, wordsOf } from '../../fixtures/tour/words.ts';

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
      .replace(
        'models:\n',
        `models:\n  - { id: ${quoted('alias')}, targets: [{ model: ${quoted('target')} }] }\n`,
      )
      .replace(/name: Nights.*/, `name: ${quoted('rule')}`);
    await use({ config });
  },
});

/** What has become an element, and which places stand on the page as words. */
async function look(page: Page): Promise<{ readonly ran: unknown; readonly elements: number }> {
  return {
    ran: await page.evaluate('window.pwned ?? null'),
    elements: await page.locator('img[src*=evil], [onerror], [onload]').count(),
  };
}

test('nothing of others runs, loads or becomes an element on any page', async ({
  app,
  page,
  expectedErrors,
}) => {
  test.setTimeout(360_000);
  // What is broken is refused.
  expectedErrors.push(/status of 400/);
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('evil.example')) foreign.push(request.url());
  });
  await fill(app);
  await sendHostile(app);
  await nameThings(page);
  await page.evaluate(
    "localStorage.setItem('switchyard.request-columns', 'status,time,client,dialect,model,provider')",
  );
  const shown = new Set<string>();
  const missing = (): readonly string[] => PLACES.filter((place) => !shown.has(place));
  const read = async (): Promise<void> => {
    for (const place of placesIn(await page.locator('body').innerText())) shown.add(place);
  };
  /** @param patience how often to look again for what is missing, twice a second */
  const visit = async (stop: Stop, patience = 0): Promise<void> => {
    expect(await goTo(stop, page, wordsOf(LANGUAGES.en), (path) => app.open(path))).toBeNull();
    expect([stop.name, await look(page)]).toEqual([stop.name, { ran: null, elements: 0 }]);
    await read();
    for (let left = patience; left > 0 && missing().length > 0; left -= 1) {
      await page.waitForTimeout(500);
      await read();
    }
    await leave(stop, page);
  };
  for (const stop of [...STOPS, ...HOSTILE]) await visit(stop);
  // What is read when a tab opens may have come after the look at it. Files are taken in once only.
  const again = [
    ...STOPS.filter(({ path }) => path.startsWith('/requests')),
    ...HOSTILE.filter(({ path }) => path.includes('is:imported')),
  ];
  await expect(async () => {
    for (const stop of again) if (missing().length > 0) await visit(stop, 6);
    // Nothing is proved by what was not shown.
    expect(missing()).toEqual([]);
  }).toPass({ timeout: 120_000 });
  expect(foreign).toEqual([]);
});
