/** Row 33 of the fault list: too much to do. New requests are told so at once, those under way end well. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSteppedClock } from '../testing/clock.ts';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER, ASK, chunk, DONE } from '../testing/openai-wire.ts';
import {
  KEY_ONE,
  KEY_TWO,
  providerYaml,
  startTestGateway,
  type TestGateway,
} from '../testing/test-gateway.ts';

const STREAM = { ...ASK, stream: true };

let upstream: FakeUpstream;
let gateway: TestGateway | undefined;
/** Streams that the upstream has begun and not ended. */
let open: FakeRequest[];
beforeEach(async () => {
  upstream = await startFakeUpstream();
  open = [];
  upstream.script((request) => {
    request.head(200, { 'content-type': 'text/event-stream' });
    request.write(chunk({ content: 'begun' }));
    open.push(request);
  });
});
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await upstream.close();
});

async function start(server: string, ports: Parameters<typeof startTestGateway>[1] = {}) {
  gateway = await startTestGateway(
    `server: ${server}\nproviders:\n${providerYaml('one', upstream.url, [KEY_ONE])}`,
    ports,
  );
  return gateway;
}

/** Begins streams; answers what each of them said in the end. */
async function begin({ chat }: TestGateway, count: number): Promise<readonly Promise<string>[]> {
  const answers = await Promise.all(Array.from({ length: count }, () => chat(STREAM)));
  return answers.map((answer) => answer.text().catch(() => 'broken off'));
}

function endAll(): void {
  for (const request of open.splice(0)) {
    request.write(chunk({ content: ' and ended' }, 'stop') + DONE);
    request.end();
  }
}

const ready = async ({ url }: TestGateway): Promise<number> => (await fetch(`${url}/ready`)).status;

const TEXT = [{ role: 'user', content: 'hi' }];
const CONTENTS = [{ role: 'user', parts: [{ text: 'hi' }] }];
/** A request in each format, and where its error has the code; Ollama's has none. */
const FORMATS: readonly (readonly [string, object, object])[] = [
  ['/v1/chat/completions', ASK, { error: { code: 'gateway_overloaded' } }],
  ['/v1/responses', { model: 'one/m', input: 'hi' }, { error: { code: 'gateway_overloaded' } }],
  [
    '/v1/messages',
    { model: 'one/m', max_tokens: 9, messages: TEXT },
    { type: 'error', error: { details: { error_code: 'gateway_overloaded' } } },
  ],
  [
    '/v1beta/models/one%2Fm:streamGenerateContent?alt=sse',
    { contents: CONTENTS },
    { error: { code: 503, details: [{ metadata: { code: 'gateway_overloaded' } }, { retryDelay: '5s' }] } },
  ],
  ['/v1/embeddings', { model: 'one/m', input: 'hi' }, { error: { code: 'gateway_overloaded' } }],
  ['/v1/messages/count_tokens', { model: 'one/m', messages: TEXT }, { type: 'error' }],
  ['/api/chat', { model: 'one/m', messages: TEXT }, {}],
];

it('with as many requests as may be under way a new one is told so at once, in its own words; the others end well', async () => {
  const running = await start('{ max_in_flight: 2 }');
  const streams = await begin(running, 2);
  expect(await ready(running)).toBe(503);
  expect((await fetch(`${running.url}/health`)).status).toBe(200);

  const ids: (string | null)[] = [];
  for (const [path, body, error] of FORMATS) {
    const refused = await fetch(`${running.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(refused.status, path).toBe(503);
    expect(refused.headers.get('retry-after'), path).toBe('5');
    expect(refused.headers.get('x-should-retry'), path).toBe('true');
    ids.push(refused.headers.get('x-request-id'));
    const said: unknown = await refused.json();
    expect(JSON.stringify(said), path).toContain('server.max_in_flight');
    expect(said, path).toMatchObject(error);
  }
  expect(upstream.requests).toHaveLength(2);

  endAll();
  for (const text of await Promise.all(streams)) {
    expect(text).toContain(' and ended');
    expect(text.endsWith(DONE)).toBe(true);
  }
  const rows = await running.rows(2 + FORMATS.length);
  expect(rows).toHaveLength(2 + FORMATS.length);
  expect(rows.filter(({ outcome }) => outcome === 'ok')).toHaveLength(2);
  const refused = { outcome: 'error', status: 503, errorCode: 'gateway_overloaded', attempts: [] };
  for (const id of ids) expect(rows.find((row) => row.id === id)).toMatchObject(refused);
  expect(JSON.stringify(rows) + running.logged.join('\n')).not.toContain(KEY_ONE);
  expect(await ready(running)).toBe(200);
  upstream.script((request) => request.json(200, ANSWER));
  expect((await running.chat(ASK)).status).toBe(200);
});

it('a thread that was blocked for 300 ms lets nothing new in until it has kept up for a second', async () => {
  const clock = createSteppedClock();
  let worked = 0;
  const running = await start('{}', { clock, threadTime: () => worked });
  const streams = await begin(running, 10);
  expect(await ready(running)).toBe(200);
  clock.standStill(300);
  worked += 300;
  const refused = await running.chat(ASK);
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(await refused.json()).toMatchObject({ error: { code: 'gateway_overloaded' } });
  expect(await ready(running)).toBe(503);

  endAll();
  for (const text of await Promise.all(streams)) expect(text.endsWith(DONE)).toBe(true);
  const others = await begin(running, 7);
  clock.step(1_000);
  const [other] = await begin(running, 1);
  expect(await ready(running)).toBe(200);
  endAll();
  expect(await Promise.all([...others, other])).toHaveLength(8);
});

it('a machine that slept for a minute has not too much to do', async () => {
  const clock = createSteppedClock();
  const running = await start('{}', { clock, threadTime: () => 1 });
  const streams = await begin(running, 10);
  clock.standStill(60_000);
  clock.step(1);
  upstream.script((request) => request.json(200, ANSWER));
  expect((await running.chat(ASK)).status).toBe(200);
  endAll();
  for (const text of await Promise.all(streams)) expect(text.endsWith(DONE)).toBe(true);
});

it('a queue at a provider takes so many and no more; those in it are served in turn, and other providers at once', async () => {
  gateway = await startTestGateway(
    `models: [{ id: either, targets: [{ model: one/m }, { model: two/m }] }]\nproviders:\n${providerYaml('one', upstream.url, [KEY_ONE], ', max_concurrency: 1')}${providerYaml('two', upstream.url, [KEY_TWO])}`,
    { limits: { queued: 3 } },
  );
  const { chat, url } = gateway;
  const streams = [...(await begin(gateway, 1))];
  const waiting = [1, 2, 3].map(() => chat(STREAM));
  await expect
    .poll(() => gateway?.call('gateway.status'), { timeout: 10_000 })
    .toMatchObject({ data: { inFlight: 4 } });

  const refused = await chat(STREAM);
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('5');
  expect(refused.headers.get('x-should-retry')).toBe('true');
  expect(await refused.json()).toMatchObject({ error: { code: 'queue_full' } });
  expect((await fetch(`${url}/ready`)).status).toBe(200);
  expect(upstream.requests).toHaveLength(1);
  streams.push((await chat({ ...STREAM, model: 'either' })).text());
  expect(upstream.requests).toHaveLength(2);

  for (const answer of waiting) {
    endAll();
    streams.push((await answer).text());
  }
  endAll();
  for (const text of await Promise.all(streams)) expect(text.endsWith(DONE)).toBe(true);
  const rows = await gateway.rows(6);
  expect(rows.map(({ errorCode }) => errorCode).filter((code) => code !== null)).toEqual(['queue_full']);
  expect(rows).toHaveLength(6);
});
