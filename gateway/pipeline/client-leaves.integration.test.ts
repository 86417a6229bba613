/** Row 30 and 31 of the fault list: clients that leave or crawl, at every moment and with every kind of upstream. */
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSteppedClock } from '../testing/clock.ts';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../testing/fake-upstream.ts';
import { memoryInUse } from '../testing/memory-in-use.ts';
import { ANSWER, ASK as PLAIN, chunk, DONE } from '../testing/openai-wire.ts';
import {
  KEY_ONE,
  KEY_TWO,
  providerYaml,
  startTestGateway,
  type TestGateway,
} from '../testing/test-gateway.ts';
import { watched, type WatchedGateway } from '../testing/watched-gateway.ts';

const ASK = { ...PLAIN, stream: true };

/** What all keys have in common. */
const SECRET = 'sk-test-';

let upstream: FakeUpstream;
let gateway: WatchedGateway | undefined;

beforeEach(async () => {
  upstream = await startFakeUpstream();
});
afterEach(async () => {
  await gateway?.checkAndStop();
  gateway = undefined;
  await upstream.close();
});

async function start(
  keys: readonly string[] = [KEY_ONE],
  more = '',
  ports: Parameters<typeof startTestGateway>[1] = {},
) {
  const yaml = `providers:\n${providerYaml('one', upstream.url, keys, more)}`;
  const running = await startTestGateway(yaml, { random: () => 0, ...ports });
  return (gateway = watched(running, upstream, SECRET));
}

/** Sends a request, waits for `moment`, leaves; answers the gateway's row. */
async function leaveAt(
  of: TestGateway,
  body: object,
  moment: (answer: Promise<Response>) => Promise<unknown>,
) {
  const controller = new AbortController();
  const answer = of.chat(body, {}, controller.signal);
  answer.catch(() => undefined);
  await moment(answer);
  controller.abort();
  const [row] = await of.rows(1);
  return { row };
}

const untilAsked = (): Promise<FakeRequest> => upstream.nextRequest();

describe('the client leaves', () => {
  const bodies: readonly (readonly [string, (request: FakeRequest) => void])[] = [
    ['a silent upstream', (request) => request.hang()],
    [
      'an endless body',
      (request) => {
        request.head(200, { 'content-type': 'text/event-stream' });
        const timer = setInterval(() => request.write(chunk({ content: 'word ' })), 5);
        void request.closed.finally(() => clearInterval(timer));
      },
    ],
  ];

  it.each(bodies)(
    'before the head, with %s: upstream closed at once, 499, nothing marked',
    async (_name, script) => {
      upstream.script(script);
      const running = await start();
      const { row } = await leaveAt(running, { ...ASK, stream: false }, untilAsked);
      // Resolves only when the gateway has hung up; a busy machine makes any limit in time a coin toss.
      await upstream.requests[0]?.closed;
      expect(row).toMatchObject({ outcome: 'client-left', status: 499, errorCode: 'client_left' });
      expect(await running.call('providers.list')).toMatchObject({
        data: [{ keys: [{ state: 'ready', inFlight: 0, consecutiveFailures: 0 }] }],
      });
    },
  );

  it.each(bodies)('with %s: the upstream is closed before any time passes', async (_name, script) => {
    upstream.script(script);
    const clock = createSteppedClock();
    const running = await start([KEY_ONE], '', { clock });
    const leaving = new AbortController();
    const answer = running.chat(ASK, {}, leaving.signal).catch(() => undefined);
    const request = await untilAsked();
    leaving.abort();
    await answer;
    // No timer runs out on this clock: what hangs up does so because the client left.
    await request.closed;
    clock.step(10_000);
    expect((await running.rows(1))[0]).toMatchObject({ outcome: 'client-left', status: 499 });
  });

  it('in the very moment in which a small, whole answer arrives: the gateway lives on, with a row for each', async () => {
    upstream.script((request) => request.hang());
    const running = await start();
    for (let round = 0; round < 20; round += 1) {
      const controller = new AbortController();
      const answer = running.chat({ ...ASK, stream: false }, {}, controller.signal).catch(() => undefined);
      const request = await upstream.nextRequest();
      // Now the one is a little sooner, now the other.
      if (round % 2 === 0) request.json(200, ANSWER);
      controller.abort();
      if (round % 2 === 1) request.json(200, ANSWER);
      await answer;
    }
    const rows = await running.rows(20);
    expect(rows).toHaveLength(20);
    for (const { outcome } of rows) expect(['ok', 'client-left']).toContain(outcome);
    expect(await running.call('providers.list')).toMatchObject({
      data: [{ keys: [{ state: 'ready', inFlight: 0, consecutiveFailures: 0 }] }],
    });
    upstream.script((request) => request.json(200, ANSWER));
    expect((await running.chat({ ...ASK, stream: false })).status).toBe(200);
  });

  it('between chunks of an endless stream', async () => {
    upstream.script((request) => {
      request.head(200, { 'content-type': 'text/event-stream' });
      const timer = setInterval(() => request.write(chunk({ content: 'word ' })), 5);
      void request.closed.finally(() => clearInterval(timer));
    });
    const running = await start();
    const { row } = await leaveAt(running, ASK, async (answer) => (await answer).body?.getReader().read());
    // Resolves only when the gateway has hung up; a busy machine makes any limit in time a coin toss.
    await upstream.requests[0]?.closed;
    expect(row).toMatchObject({ outcome: 'client-left', status: 499 });
    expect(row?.attempts).toMatchObject([{ result: 'client_left', scope: 'client', action: 'stop' }]);
  });

  it('right behind the terminator, while the upstream takes its time to end: it had everything', async () => {
    upstream.script((request) => {
      request.head(200, { 'content-type': 'text/event-stream' });
      request.write(chunk({ content: 'hello' }, 'stop') + DONE);
    });
    const running = await start([KEY_ONE], '', { limits: { linger: 10_000_000 } });
    const { row } = await leaveAt(running, ASK, async (answer) => {
      const reader = (await answer).body?.getReader();
      let text = '';
      while (!text.endsWith(DONE)) text += Buffer.from((await reader?.read())?.value ?? []).toString();
    });
    await upstream.requests[0]?.closed;
    expect(row).toMatchObject({ outcome: 'ok', status: 200, errorCode: null, finishReason: 'stop' });
    expect(row?.attempts).toMatchObject([{ result: 'ok', action: 'done' }]);
  });

  it('while it waits in the queue: no call is made for it', async () => {
    upstream.script((request) => request.hang());
    const running = await start([KEY_ONE], ', max_concurrency: 1');
    const first = new AbortController();
    running.chat(ASK, {}, first.signal).catch(() => undefined);
    await upstream.nextRequest();
    const second = new AbortController();
    running.chat(ASK, {}, second.signal).catch(() => undefined);
    await expect.poll(() => inFlight(running)).toBe(2);
    second.abort();
    const [row] = await running.rows(1);
    expect(row).toMatchObject({ outcome: 'client-left', attemptCount: 0 });
    expect(upstream.requests).toHaveLength(1);
    first.abort();
  });

  it('while the second key is being tried: no third attempt', async () => {
    upstream.script((request) => {
      if ((request.headers['authorization'] ?? '').includes(KEY_ONE))
        request.json(500, { error: { message: 'x' } });
      else request.hang();
    });
    const running = await start([KEY_ONE, KEY_TWO, 'sk-test-third-00000000000']);
    const { row } = await leaveAt(running, ASK, async () => {
      await upstream.nextRequest();
      await upstream.nextRequest();
    });
    expect(row?.attempts.map(({ result }) => result)).toEqual(['upstream_error', 'client_left']);
    expect(upstream.requests).toHaveLength(2);
  });

  it('the gateway lives on and answers the next one', async () => {
    upstream.script((request) => request.hang());
    const running = await start();
    for (let round = 0; round < 20; round += 1) {
      const controller = new AbortController();
      const answer = running
        .chat({ ...ASK, stream: round % 2 === 0 }, {}, controller.signal)
        .catch(() => undefined);
      await upstream.nextRequest();
      controller.abort();
      await answer;
    }
    upstream.script((request) => request.json(200, ANSWER));
    expect((await running.chat({ ...ASK, stream: false })).status).toBe(200);
  });
});

/** An upstream that offers 100 MB as fast as they are taken. @returns how much was taken so far, bytes */
function offerMuch(): () => number {
  let taken = 0;
  const part = chunk({ content: 'x'.repeat(65_536) });
  upstream.script(async (request) => {
    const gone = new AbortController();
    void request.closed.then(() => gone.abort());
    request.head(200, { 'content-type': 'text/event-stream' });
    while (!gone.signal.aborted && taken < 100_000_000) {
      taken += part.length;
      if (!request.write(part)) await request.drained();
    }
  });
  return () => taken;
}

/** A client that reads `share` bytes every 20 ms, or nothing at all. */
function crawl(port: number, share: number): Socket {
  const socket = connect(port, '127.0.0.1');
  const body = JSON.stringify(ASK);
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  socket.on('error', () => undefined);
  socket.pause();
  if (share > 0) {
    const timer = setInterval(() => void socket.read(share), 20);
    socket.on('close', () => clearInterval(timer));
  }
  return socket;
}

it.each([
  ['takes nothing', 0],
  ['takes 1 KB now and then', 1_024],
])('31: a client that %s holds the upstream back, and is let go in the end', async (_how, share) => {
  const running = await start([KEY_ONE], '', { limits: { writeStall: 1_000 } });
  // What the first request loads is no part of it.
  upstream.script((request) => request.sse([chunk({ content: 'x' }, 'stop'), DONE]));
  await (await running.chat(ASK)).text();
  const taken = offerMuch();
  const before = memoryInUse();
  running.alsoAsked(1);
  const socket = crawl(running.port, share);
  // It takes no more than buffers hold, and then stands still.
  let last = -1;
  const stands = (): boolean => {
    const now = taken();
    const same = now === last && now > 1_000_000;
    last = now;
    return same;
  };
  await expect.poll(stands, { timeout: 10_000, interval: 200 }).toBe(true);
  expect(memoryInUse() - before).toBeLessThan(16_000_000);

  const [, row] = await running.rows(2);
  expect(row).toMatchObject({ outcome: 'client-left', status: 499, errorCode: 'slow_reader' });
  await upstream.requests[1]?.closed;
  expect(taken()).toBeLessThan(32_000_000);
  expect(await running.call('providers.list')).toMatchObject({
    data: [{ keys: [{ state: 'ready', inFlight: 0, consecutiveFailures: 0 }] }],
  });
  socket.destroy();
});

async function inFlight(of: TestGateway): Promise<number> {
  const status = await of.call('gateway.status');
  return status.ok && typeof status.data === 'object' && status.data !== null && 'inFlight' in status.data
    ? Number(status.data.inFlight)
    : 0;
}
