/** Upstreams that compress although the gateway asks them not to, and some proxies in front of them do. */
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER, ASK, chunk, DONE, HEAD } from '../testing/openai-wire.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;
beforeEach(async () => {
  upstream = await startFakeUpstream();
  gateway = await startTestGateway(`providers:\n${providerYaml('one', upstream.url, [KEY_ONE])}`);
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

function answering(encoding: string, body: Buffer, status = 200, type = 'application/json'): void {
  const headers = { 'content-type': type, 'content-encoding': encoding };
  upstream.script((request) => request.respond(status, headers, body));
}

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

it.each([
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
  ['deflate', deflateSync],
  ['zstd', zstdCompressSync],
] as const)('a whole answer in %s is read', async (encoding, pack) => {
  answering(encoding, pack(json(ANSWER)));
  const answer = await gateway.chat(ASK);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-encoding')).toBeNull();
  expect(await answer.json()).toEqual(ANSWER);
});

it('so is an error', async () => {
  answering('gzip', gzipSync(json({ error: { message: 'Too hot.', type: 'invalid_request_error' } })), 400);
  const answer = await gateway.chat(ASK);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: { message: 'Too hot.' } });
});

it.each([
  ['a stream', 'gzip', gzipSync(HEAD + chunk({ content: 'a' }, 'stop') + DONE), 'text/event-stream'],
  ['what nobody can read', 'snappy', json(ANSWER), 'application/json'],
  ['what is not what it says', 'gzip', json(ANSWER), 'application/json'],
  ['what grows beyond all bounds', 'gzip', gzipSync(Buffer.alloc(80_000_000)), 'application/json'],
])('%s is refused by the name of its compression', async (_what, encoding, body, type) => {
  answering(encoding, body, 200, type);
  const answer = await gateway.chat({ ...ASK, stream: type.startsWith('text') });
  expect(answer.status).toBe(502);
  expect(await answer.text()).toContain(`compressed (${encoding})`);
});

it.each([
  ['an answer', 200, 'compressed (gzip)'],
  ['an error', 500, ''],
])('%s without end is refused once it is too large, and its call ended', async (_what, status, said) => {
  let closed = false;
  upstream.script((request) => {
    request.raw(`HTTP/1.1 ${status} x\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\n\r\n`);
    const sending = setInterval(() => request.raw('x'.repeat(1_000_000)), 5);
    void request.closed.then(() => {
      clearInterval(sending);
      closed = true;
    });
  });
  const answer = await gateway.chat(ASK);
  expect(answer.status).toBe(status === 200 ? 502 : status);
  expect(await answer.text()).toContain(said);
  await expect.poll(() => closed).toBe(true);
});
