/** A request that is not ready to be sent: its images have to be fetched first, which can take minutes. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FetchedMedia } from '../core/media-fetch.ts';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../testing/fake-upstream.ts';
import { createSkewedClock } from '../testing/skewed-clock.ts';
import { KEY_ONE, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const PNG: FetchedMedia = { mediaType: '', bytes: Buffer.from('\x89PNG\r\n\x1a\n and more', 'latin1') };
const clock = createSkewedClock();
let upstream: FakeUpstream;
let gateway: TestGateway;
/** Addresses that were asked for, and what lets all of them come. */
let fetched: string[];
let come: PromiseWithResolvers<FetchedMedia>;
beforeEach(async () => {
  upstream = await startFakeUpstream();
  upstream.script(good);
  fetched = [];
  come = Promise.withResolvers();
});
afterEach(async () => {
  come.resolve(PNG);
  await gateway.stop();
  await upstream.close();
});

function good(request: FakeRequest): void {
  request.json(200, {
    candidates: [{ content: { role: 'model', parts: [{ text: 'a cat' }] }, finishReason: 'STOP', index: 0 }],
  });
}

async function start(more = '', key = ''): Promise<void> {
  const base = upstream.url.replace(/\/v1$/, '');
  gateway = await startTestGateway(
    `${more}\nproviders:\n  - { id: google, base_url: "${base}", allow_private_network: true, models: [m], keys: [{ id: k1, value: ${KEY_ONE}${key} }] }\n`,
    {
      clock,
      media(url) {
        fetched.push(url);
        return come.promise;
      },
    },
  );
}

const TEXT = { model: 'google/m', messages: [{ role: 'user', content: 'hi' }] };
const withImages = (count: number): object => ({
  model: 'google/m',
  messages: [
    {
      role: 'user',
      content: Array.from({ length: count }, (_, index) => ({
        type: 'image_url',
        image_url: { url: `https://pictures.example/${index}` },
      })),
    },
  ],
});

it('a client that leaves takes its place with it, and no further image is fetched', async () => {
  await start('', ', max_concurrency: 1');
  const leaving = new AbortController();
  const left = gateway.chat(withImages(20), {}, leaving.signal).catch(() => 'left');
  await expect.poll(() => fetched.length).toBe(4);
  leaving.abort();
  expect(await left).toBe('left');
  expect((await gateway.rows(1))[0]).toMatchObject({ outcome: 'client-left', status: 499, attempts: [] });
  expect((await gateway.chat(TEXT)).status).toBe(200);
  come.resolve(PNG);
  await new Promise((resolve) => setImmediate(resolve));
  expect(fetched).toHaveLength(4);
  expect(upstream.requests).toHaveLength(1);
});

it('the deadline holds there too', async () => {
  await start('routing: { deadline: 200ms }');
  const answer = await gateway.chat(withImages(1));
  expect(await answer.json()).toMatchObject({ error: { code: 'deadline_exceeded' } });
});

it('ten of them are one probe of a key that has rested', async () => {
  await start();
  upstream.script((request) =>
    request.json(429, { error: { code: 429, message: 'slow' } }, { 'retry-after': '5' }),
  );
  expect((await gateway.chat(TEXT)).status).toBe(429);
  clock.pass(6_000);
  const asked: FakeRequest[] = [];
  upstream.script((request) => void asked.push(request));
  const answers = Array.from({ length: 10 }, () => gateway.chat(withImages(1)));
  await expect
    .poll(() => gateway.call('gateway.status'), { timeout: 10_000 })
    .toMatchObject({ data: { inFlight: 10 } });
  come.resolve(PNG);
  // Those that wait for what the probe finds out give up after a while.
  const rows = await gateway.rows(10);
  expect(rows.filter(({ status }) => status === 429)).toHaveLength(10);
  expect(asked).toHaveLength(1);
  for (const request of asked) good(request);
  expect((await Promise.all(answers)).filter(({ status }) => status === 200)).toHaveLength(1);
});

it('one that is refused before it is sent leaves the probe to the next', async () => {
  await start();
  upstream.script((request) =>
    request.json(429, { error: { code: 429, message: 'slow' } }, { 'retry-after': '5' }),
  );
  expect((await gateway.chat(TEXT)).status).toBe(429);
  clock.pass(6_000);
  upstream.script(good);
  expect((await gateway.chat(withImages(21))).status).toBe(400);
  expect((await gateway.chat(TEXT)).status).toBe(200);
  const rows = await gateway.rows(3);
  expect(rows[2]?.attempts).toMatchObject([{ why: 'probe', result: 'ok' }]);
});

it('what was never sent counts under no limit', async () => {
  await start('', ', rpm: 1');
  expect((await gateway.chat(withImages(21))).status).toBe(400);
  const leaving = new AbortController();
  const left = gateway.chat(withImages(1), {}, leaving.signal).catch(() => 'left');
  await expect.poll(() => fetched.length).toBe(1);
  leaving.abort();
  await left;
  await gateway.rows(2);
  expect((await gateway.chat(TEXT)).status).toBe(200);
  expect((await gateway.chat(TEXT)).status).toBe(429);
});

it('nor does a call that reached nobody', async () => {
  const { port } = upstream;
  await start('', ', rpm: 1');
  await upstream.close();
  expect((await gateway.chat(TEXT)).status).toBe(502);
  upstream = await startFakeUpstream({ port });
  upstream.script(good);
  expect((await gateway.chat(TEXT)).status).toBe(200);
});
