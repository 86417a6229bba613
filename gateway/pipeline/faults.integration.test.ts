/** Rows 2, 4, 8, 12 and 15 of the fault list that no other file covers. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RequestRow } from '../../contract/log/row.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER, ASK, chunk, DONE } from '../testing/openai-wire.ts';
import {
  KEY_ONE,
  KEY_THREE,
  KEY_TWO,
  providerYaml,
  startTestGateway,
  type TestGateway,
} from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway | undefined;

beforeEach(async () => {
  upstream = await startFakeUpstream();
});
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await upstream.close();
});

async function start(
  keys: readonly string[] = [KEY_ONE],
  more = '',
  ports: Parameters<typeof startTestGateway>[1] = {},
) {
  gateway = await startTestGateway(`providers:\n${providerYaml('one', upstream.url, keys, more)}`, {
    random: () => 0,
    ...ports,
  });
  return gateway;
}

const calls = ({ attempts }: RequestRow): unknown =>
  attempts.map(({ result, action, keyFingerprint }) => [keyFingerprint, result, action]);

it('a connection reset before the head: the next key, and no third call, since each may be billed', async () => {
  upstream.script((request) => request.reset());
  const { chat, rows } = await start([KEY_ONE, KEY_TWO, KEY_THREE]);
  const answer = await chat(ASK);
  expect(answer.status).toBe(502);
  expect(await answer.json()).toMatchObject({ error: { code: 'upstream_cut' } });
  expect((await rows(1)).map(calls)).toEqual([
    [
      ['…1111', 'upstream_cut', 'next-key'],
      ['…2222', 'upstream_cut', 'next-key'],
    ],
  ]);
  expect(upstream.requests).toHaveLength(2);
});

it('a connection reset before the head where there is no other key: once more on a fresh socket', async () => {
  upstream.script((request) => {
    if (upstream.requests.length === 1) request.reset();
    else request.json(200, ANSWER);
  });
  const { chat, rows } = await start();
  expect((await chat(ASK)).status).toBe(200);
  expect((await rows(1)).map(calls)).toEqual([
    [
      ['…1111', 'upstream_cut', 'replay'],
      ['…1111', 'ok', 'done'],
    ],
  ]);
  expect(new Set(upstream.requests.map(({ connection }) => connection)).size).toBe(2);
});

it('a kept socket that dies, and all after it: the replay, and one key more', async () => {
  upstream.script((request) => request.json(200, ANSWER));
  const { chat, rows } = await start([KEY_ONE, KEY_TWO, KEY_THREE]);
  expect((await chat(ASK)).status).toBe(200);
  upstream.script((request) => request.cut());
  expect((await chat(ASK)).status).toBe(502);
  expect((await rows(2)).slice(1).map(calls)).toEqual([
    [
      ['…1111', 'upstream_cut', 'replay'],
      ['…1111', 'upstream_cut', 'next-key'],
      ['…2222', 'upstream_cut', 'next-key'],
    ],
  ]);
});

it('a kept socket that dies on its second request: exactly one replay, and the client sees 200', async () => {
  let count = 0;
  upstream.script((request) => {
    count += 1;
    if (count === 2) request.reset();
    else request.json(200, ANSWER);
  });
  const { chat, rows } = await start();
  expect((await chat(ASK)).status).toBe(200);
  expect((await chat(ASK)).status).toBe(200);
  expect(upstream.requests).toHaveLength(3);
  const [, second] = await rows(2);
  expect(second?.attempts).toMatchObject([
    { result: 'upstream_cut', action: 'replay', reusedSocket: true },
    { result: 'ok', reusedSocket: false },
  ]);
});

it('no replay once bytes have come back', async () => {
  upstream.script((request) => {
    request.raw('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"id":');
    request.cut();
  });
  const { chat } = await start();
  const answer = await chat(ASK);
  expect(answer.status).toBe(502);
  expect(await answer.json()).toMatchObject({ error: { code: 'upstream_cut' } });
  expect(upstream.requests).toHaveLength(1);
});

it('one malformed event in the middle is passed on, and the rest is delivered', async () => {
  const events = [
    chunk({ content: 'a' }),
    'data: {"choices":[{"delta":{"content":"br\n\n',
    chunk({ content: 'b' }, 'stop'),
    DONE,
  ];
  upstream.script((request) => request.sse(events));
  const { chat, rows } = await start();
  expect(await (await chat({ ...ASK, stream: true })).text()).toBe(events.join(''));
  expect((await rows(1))[0]).toMatchObject({ outcome: 'ok', finishReason: 'stop' });
});

it('seven minutes of thinking are no time-out, and the client hears a heartbeat meanwhile', async () => {
  const clock = createSteppedClock();
  const { chat } = await start([KEY_ONE], ', timeout: { first_content: 600s }', { clock });
  upstream.script(() => undefined);
  const asked = chat({ ...ASK, stream: true });
  const request = await upstream.nextRequest();
  for (let minute = 0; minute < 7; minute += 1) clock.step(60_000);
  const answer = await asked;
  request.sse([chunk({ content: 'thought' }, 'stop'), DONE]);
  const text = await answer.text();
  expect(text).toContain('thought');
  expect(text.match(/^:/gm)?.length).toBeGreaterThanOrEqual(27);
  expect(text).toContain('[DONE]');
});

it('time without content ends at its limit on the same clock', async () => {
  const clock = createSteppedClock();
  const { chat } = await start([KEY_ONE], '', { clock, limits: { heartbeat: 10_000_000 } });
  upstream.script(() => undefined);
  const asked = chat({ ...ASK, stream: true });
  const request = await upstream.nextRequest();
  clock.step(299_000);
  clock.step(1_001);
  const answer = await asked;
  expect(answer.status).toBe(504);
  await request.closed;
});

it('a black hole: the next target answers', async () => {
  // A name whose look-up never ends is the black hole a test can have without another machine.
  upstream.script((request) => request.json(200, ANSWER));
  gateway = await startTestGateway(
    `models: [{ id: best, targets: [{ model: hole/m }, { model: one/m }] }]\nproviders:\n${providerYaml('hole', 'http://black-hole.example:9/v1', [KEY_ONE], ', timeout: { connect: 300ms }')}${providerYaml('one', upstream.url, [KEY_TWO])}`,
    {
      resolve: (name) => (name === 'black-hole.example' ? new Promise(() => undefined) : Promise.resolve([])),
    },
  );
  expect((await gateway.chat({ ...ASK, model: 'best' })).status).toBe(200);
  expect((await gateway.rows(1))[0]?.attempts).toMatchObject([
    { result: 'connect_timeout', scope: 'network' },
    { result: 'ok' },
  ]);
});
