/** Row 59 and 64 of the fault list: after every page was open, no secret of the gateway is in the page's memory. */
import { findIn, heapOf } from '../../fixtures/secret-sweep.ts';
import { expect, test } from '../../fixtures/test.ts';
import { fill, FULL, SECRETS } from '../../fixtures/tour/place.ts';
import { goTo, leave, STOPS } from '../../fixtures/tour/stops.ts';
import { LANGUAGES, wordsOf } from '../../fixtures/tour/words.ts';

test.use({ start: FULL, actionTimeout: 10_000 });

test('no page holds a stored key, nor was one sent to it', async ({ app, page }) => {
  test.setTimeout(360_000);
  const sent: Promise<string>[] = [];
  page.on('response', (response) => {
    // A feed of events does not end.
    if (response.headers()['content-type']?.startsWith('application/json') === true)
      sent.push(response.text().catch(() => ''));
  });
  await fill(app);
  for (const stop of STOPS) {
    expect(await goTo(stop, page, wordsOf(LANGUAGES.en), (path) => app.open(path))).toBeNull();
    await leave(stop, page);
  }
  const heap = await heapOf(page);
  // What is searched has what the pages showed.
  expect(heap).toContain('the account of the research team');
  const answers = (await Promise.all(sent)).join('\n');
  expect(answers).toContain('the account of the research team');
  for (const secret of SECRETS) {
    expect([secret, ...findIn(heap, secret)]).toEqual([secret]);
    expect([secret, ...findIn(answers, secret)]).toEqual([secret]);
  }
});
