/** Whatever fails, no page in Chinese says it in English: only what a provider said, names and code are in Latin letters. */
import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures/test.ts';
import { fill, FULL } from '../../fixtures/tour/place.ts';
import { goTo, leave, STOPS } from '../../fixtures/tour/stops.ts';
import { LANGUAGES, wordsOf } from '../../fixtures/tour/words.ts';

/** Nobody is reached through it, whatever network there is. */
const NO_WAY = "network: { proxy: 'http://127.0.0.1:9', no_proxy: [127.0.0.1, localhost] }\n";
test.use({
  locale: 'zh-CN',
  start: { ...FULL, config: `${FULL.config ?? ''}${NO_WAY}` },
  actionTimeout: 10_000,
});

const words = wordsOf(LANGUAGES['zh-CN']);
/** Names that the configuration gives, and what the demo and its client say. */
const GIVEN = [
  'Company-wide inference cluster in Frankfurt',
  'the account of the research team',
  'Nights and weekends at the low price, for everybody but the team that is on call',
];
/** What an upstream said is quoted, and nothing else. */
const SAID = /“The demo [^”]*”/g;
/** Four words one after the other are a sentence: names and commands have fewer. */
const SENTENCE = /[A-Za-z][a-z'’-]*(?:[ ,]+[a-z'’-]{1,20}){3,}/g;

/** Runs in the page: all that is read, and read out, a line for each part of it. */
const TEXT = `(() => {
  const copy = document.body.cloneNode(true);
  const all = (selector) => [...copy.querySelectorAll(selector)];
  for (const one of all('code, pre, textarea, blockquote, figure, [data-answer]')) one.remove();
  for (const block of all('p, li, td, th, div, span, button, a, h1, h2, h3')) block.append('\\n');
  const spoken = all('[aria-label], [title]').flatMap((one) => [
    one.getAttribute('aria-label') ?? '',
    one.getAttribute('title') ?? '',
  ]);
  return [copy.textContent, ...spoken].join('\\n');
})()`;

/** Sentences in English that stand on the page or are read out, but for what a provider said, and code. */
async function englishOn(page: Page): Promise<readonly string[]> {
  const text = await page.evaluate<string>(TEXT);
  const plain = GIVEN.reduce((left, name) => left.replaceAll(name, ''), text).replaceAll(SAID, '');
  return [...new Set(plain.match(SENTENCE))];
}

test('pages in Chinese say no sentence in English, though requests fail', async ({ app, page }) => {
  test.setTimeout(600_000);
  await fill(app);
  const found: string[] = [];
  const look = async (where: string): Promise<void> => {
    for (const sentence of await englishOn(page)) found.push(`${where}: ${sentence}`);
  };
  const send = async (body: string, headers: Readonly<Record<string, string>> = {}): Promise<string> => {
    const answer = await fetch(`${app.gatewayAddress}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    // A cut ends without its last chunk.
    await answer.text().catch(() => undefined);
    return answer.headers.get('x-request-id') ?? '';
  };
  const asking = (model: string, content: unknown = 'hi', more = {}): string =>
    JSON.stringify({ model, messages: [{ role: 'user', content }], ...more });
  const image = { type: 'image_url', image_url: { url: 'http://127.0.0.1/a.png' } };
  const failing = {
    'nobody there': await send(asking('company-wide-inference-cluster/gpt-5')),
    'still nobody there': await send(asking('company-wide-inference-cluster/gpt-5')),
    'unknown model': await send(asking('demo/chta')),
    'no JSON': await send('{"model": '),
    'no messages': await send('{"model":"demo/chat"}'),
    'wrong type': await send('{"model":"demo/chat","messages":[{"role":"user","content":7}]}'),
    'a picture': await send(asking('anthropic/claude-sonnet-4-5', [image])),
    'an error': await send(asking('demo/chat', '/error 429')),
    'another error': await send(asking('demo/chat', '/error 401')),
    'a cut': await send(asking('demo/chat', '/cut', { stream: true })),
    'cache header': await send(asking('demo/chat'), { 'x-switchyard-cache': 'maybe' }),
  };
  for (const [name, id] of Object.entries(failing)) {
    await app.open(`/requests/${id}`);
    await page.getByRole('tabpanel').waitFor();
    await look(`request, ${name}`);
  }
  await app.open('/playground?models=company-wide-inference-cluster/gpt-5');
  const say = page.getByRole('textbox', { name: words('playground.say') });
  await say.fill('你好');
  await say.press('Enter');
  await page.locator('[data-answer] [role=alert]').waitFor();
  const told = await page.locator('[data-answer] [role=alert]').innerText();
  expect(told).toContain('company-wide-inference-cluster 的密钥');
  found.push(...(told.match(SENTENCE) ?? []));
  for (const stop of STOPS) {
    const failed = await goTo(stop, page, words, (path) => app.open(path));
    if (failed !== null) found.push(failed);
    await look(stop.name);
    await leave(stop, page);
  }
  expect(found).toEqual([]);
});

test('acts that fail say why in Chinese: a check of keys, a test of a model, newer prices', async ({
  app,
  page,
}) => {
  test.slow();
  await fill(app);
  const found: string[] = [];
  const main = page.getByRole('main');
  const press = async (path: string, key: string, says: string): Promise<void> => {
    await app.open(path);
    await main
      .getByRole('button', { name: words(key), exact: true })
      .first()
      .click();
    await expect(main).toContainText(says);
    for (const sentence of await englishOn(page)) found.push(`${key}: ${sentence}`);
  };
  const unreached = words('remarks.through-proxy')
    .replace('{proxy}', '127.0.0.1:9')
    .replace('{words}', words('remarks.connection-refused'));
  const provider = '/providers/company-wide-inference-cluster';
  await press(provider, 'providers.check.keys', unreached);
  await press(provider, 'providers.test.start', unreached);
  await press('/settings/data', 'settings.items.data.prices.refresh', unreached);
  expect(found).toEqual([]);
});
