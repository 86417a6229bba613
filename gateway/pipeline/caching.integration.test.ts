/** The same question twice costs one call; nothing else is ever taken for the same. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER, ASK as PLAIN, chunk, DONE, HEAD } from '../testing/openai-wire.ts';
import { createSkewedClock } from '../testing/skewed-clock.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const ASK = { ...PLAIN, temperature: 0 };
const STREAM = [HEAD, chunk({ content: 'hello' }), chunk({}, 'stop'), DONE];

let upstream: FakeUpstream;
let gateway: TestGateway | undefined;

beforeEach(async () => {
  upstream = await startFakeUpstream();
  upstream.script((request) => request.json(200, ANSWER));
});
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await upstream.close();
});

async function start(
  cache = '{ enabled: true }',
  more = '',
  ports: Parameters<typeof startTestGateway>[1] = {},
): Promise<TestGateway> {
  gateway = await startTestGateway(
    `providers:\n${providerYaml('one', upstream.url, [KEY_ONE])}cache: ${cache}\n${more}`,
    ports,
  );
  return gateway;
}
const said = (answer: Response): string | null => answer.headers.get('x-switchyard-cache');

it('the second one costs no call, and its row says so', async () => {
  const { chat, rows } = await start();
  const first = await chat(ASK);
  const second = await chat({ temperature: 0, ...PLAIN, user: 'somebody' });
  expect([said(first), said(second)]).toEqual(['miss', 'hit']);
  expect(await second.json()).toEqual(await first.json());
  expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'));
  expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
  expect(second.headers.get('x-switchyard-model')).toBe('m');
  expect(upstream.requests).toHaveLength(1);
  expect(await rows(2)).toMatchObject([
    { outcome: 'ok', cache: 'miss', tokens: { input: 3, output: 1 } },
    { outcome: 'ok', cache: 'hit', attemptCount: 0, tokens: { input: 0, output: 0 }, tokensEstimated: false },
  ]);
});

it('a stream comes back as a stream, and apart from the whole', async () => {
  upstream.script((request) => request.sse(STREAM));
  const { chat } = await start();
  const asked = { ...ASK, stream: true };
  const first = await chat(asked);
  const text = await first.text();
  const second = await chat(asked);
  expect([said(first), said(second)]).toEqual(['miss', 'hit']);
  expect(second.headers.get('content-type')).toMatch('text/event-stream');
  expect(await second.text()).toBe(text);
  expect(text.endsWith(DONE)).toBe(true);
  upstream.script((request) => request.json(200, ANSWER));
  expect(said(await chat(ASK))).toBe('miss');
});

it('a translated answer is kept too', async () => {
  const { url } = await start();
  const ask = () =>
    fetch(`${url}/v1/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...ASK, max_tokens: 10 }),
    });
  const first = await ask();
  expect([said(first), said(await ask())]).toEqual(['miss', 'hit']);
  expect(await first.json()).toMatchObject({ content: [{ type: 'text', text: 'hello' }] });
});

describe('never kept', () => {
  it.each<readonly [string, Parameters<FakeUpstream['script']>[0], object]>([
    ['an error', (request) => request.json(400, { error: { message: 'no' } }), ASK],
    [
      'an answer that was cut short by its length',
      (request) =>
        request.json(200, { ...ANSWER, choices: [{ ...ANSWER.choices[0], finish_reason: 'length' }] }),
      ASK,
    ],
    [
      'an answer of which one choice was cut short',
      (request) =>
        request.json(200, {
          ...ANSWER,
          choices: [
            { ...ANSWER.choices[0], finish_reason: 'length' },
            { ...ANSWER.choices[0], index: 1 },
          ],
        }),
      { ...ASK, n: 2 },
    ],
    [
      'a stream of which one choice was cut short',
      (request) =>
        request.sse([HEAD, chunk({ content: 'hel' }, 'length'), chunk({ content: 'hello' }, 'stop'), DONE]),
      { ...ASK, n: 2, stream: true },
    ],
    ['what its provider is to keep', (request) => request.json(200, ANSWER), { ...ASK, store: true }],
    [
      'a stream that was cut',
      (request) => {
        request.head(200, { 'content-type': 'text/event-stream' });
        request.write(chunk({ content: 'hel' }));
        setTimeout(() => request.cut(), 20);
      },
      { ...ASK, stream: true },
    ],
    [
      'a stream that failed in band',
      (request) => request.sse([chunk({ content: 'hel' }), 'data: {"error":{"message":"broke"}}\n\n']),
      { ...ASK, stream: true },
    ],
    ['an answer of chance', (request) => request.json(200, ANSWER), PLAIN],
    [
      'a larger one than is kept',
      (request) => request.json(200, { ...ANSWER, pad: 'x'.repeat(1_100_000) }),
      ASK,
    ],
  ])('%s', async (_name, script, body) => {
    upstream.script(script);
    const { chat } = await start();
    for (let time = 0; time < 2; time += 1) await chat(body).then((answer) => answer.text().catch(() => ''));
    expect(upstream.requests).toHaveLength(2);
  });

  it('what nobody stayed for', async () => {
    const { chat } = await start();
    upstream.script((request) => {
      request.head(200, { 'content-type': 'text/event-stream' });
      request.write(chunk({ content: 'hel' }));
    });
    const leaving = new AbortController();
    const answer = await chat({ ...ASK, stream: true }, {}, leaving.signal);
    leaving.abort();
    await answer.text().catch(() => '');
    await upstream.requests[0]?.closed;
    upstream.script((request) => request.sse(STREAM));
    expect(said(await chat({ ...ASK, stream: true }))).toBe('miss');
  });
});

it('answers of chance are kept where that is wished', async () => {
  const { chat } = await start('{ enabled: true, only_deterministic: false }');
  expect([said(await chat(PLAIN)), said(await chat(PLAIN))]).toEqual(['miss', 'hit']);
});

describe('clients', () => {
  const CLIENTS = 'clients: [{ id: a, key: key-of-a-0001 }, { id: b, key: key-of-b-0001 }]\n';
  const as = (key: string) => ({ authorization: `Bearer ${key}` });
  it('get no answers of others', async () => {
    const { chat } = await start('{ enabled: true }', CLIENTS);
    const asked = [as('key-of-a-0001'), as('key-of-b-0001'), as('key-of-a-0001')];
    const heard: (string | null)[] = [];
    for (const headers of asked) heard.push(said(await chat(ASK, headers)));
    expect(heard).toEqual(['miss', 'miss', 'hit']);
  });
  it('unless they share', async () => {
    const { chat } = await start('{ enabled: true, shared: true }', CLIENTS);
    await chat(ASK, as('key-of-a-0001'));
    expect(said(await chat(ASK, as('key-of-b-0001')))).toBe('hit');
  });
});

it('a request may pass the cache, or renew what is in it', async () => {
  const { chat } = await start();
  const heard: (string | null)[] = [];
  for (const wish of ['bypass', 'refresh', 'refresh', 'bypass', undefined]) {
    heard.push(said(await chat(ASK, wish === undefined ? {} : { 'x-switchyard-cache': wish })));
  }
  expect(heard).toEqual([null, 'miss', 'miss', null, 'hit']);
  expect(upstream.requests).toHaveLength(4);
  expect((await chat(ASK, { 'x-switchyard-cache': 'perhaps' })).status).toBe(400);
});

it('off by default; forgotten on request and when its time is over', async () => {
  const off = await start('{}');
  await off.chat(ASK);
  expect(said(await off.chat(ASK))).toBeNull();
  await off.stop();

  const clock = createSkewedClock();
  const { chat, call } = await start('{ enabled: true, ttl: 10m }', '', { clock });
  await chat(ASK);
  expect(await call('cache.state')).toMatchObject({ data: { enabled: true, entries: 1, misses: 1 } });
  clock.pass(10 * 60_000);
  expect(said(await chat(ASK))).toBe('miss');
  expect(await call('cache.clear')).toEqual({ ok: true, data: 1 });
  expect(said(await chat(ASK))).toBe('miss');
});
