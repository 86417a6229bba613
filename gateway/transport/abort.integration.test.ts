import { createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Upstream } from '../core/upstream.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { recordCall, upstreamRequest, type CallEvent, type RecordedCall } from '../testing/record-call.ts';
import { createUpstream } from './upstream.ts';

let upstream: Upstream;
let fake: FakeUpstream;

beforeEach(async () => {
  // No timer ever fires here: what closes, closes because it was aborted.
  upstream = createUpstream({ clock: createSteppedClock(), environment: {} });
  fake = await startFakeUpstream();
});
afterEach(async () => {
  await upstream.close();
  await fake.close();
});

/** Gives whatever is under way the chance to be told after all. */
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** Answers without end. */
function endlessly(): void {
  fake.script((asked) => {
    asked.head(200, {});
    const timer = setInterval(() => asked.write('again'), 1);
    void asked.closed.then(() => clearInterval(timer));
  });
}

describe('abort', () => {
  it('while the name is looked up: nothing is ever dialled', async () => {
    let found: () => void = () => undefined;
    upstream = createUpstream({
      clock: createSteppedClock(),
      environment: {},
      resolve: () =>
        new Promise((resolve) => {
          found = () => resolve([{ address: '127.0.0.1', family: 4 }]);
        }),
    });
    let connections = 0;
    fake.onConnection(() => (connections += 1));
    const call = recordCall(upstream, upstreamRequest(`http://name.test:${fake.port}/v1`));
    call.call.abort();
    found();
    await turns();
    expect(call.events).toEqual([]);
    expect(connections).toBe(0);
  });

  it.each([
    ['TLS is negotiated', (port: number) => upstreamRequest(`https://127.0.0.1:${port}/v1`)],
    [
      'a proxy is asked',
      (port: number) =>
        upstreamRequest('http://name.test/v1', { proxy: `http://127.0.0.1:${port}`, noProxy: [] }),
    ],
    [
      'TLS with a proxy is negotiated',
      (port: number) => upstreamRequest('http://name.test/v1', { proxy: `https://127.0.0.1:${port}` }),
    ],
  ])('while %s: the socket closes', async (_name, request) => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const accepted = new Promise<Socket>((resolve) => silent.once('connection', resolve));
    const call = recordCall(upstream, request(port));
    const socket = await accepted;
    const closed = new Promise((resolve) => socket.resume().once('close', resolve));
    call.call.abort();
    await closed;
    expect(call.events).toEqual([]);
    await new Promise((resolve) => silent.close(resolve));
  });

  it.each<[CallEvent, CallEvent[]]>([
    ['connected', ['connected']],
    ['sent', ['connected', 'sent']],
    ['headers', ['connected', 'sent', 'headers']],
    ['data', ['connected', 'sent', 'headers', 'data']],
  ])('within the callback of `%s`: nothing more is told, the socket closes', async (moment, events) => {
    endlessly();
    const accepted = new Promise<Socket>((resolve) => fake.onConnection(resolve));
    const call = recordCall(upstream, upstreamRequest(fake.url), (event, self) => {
      if (event === moment) self.abort();
    });
    const socket = await accepted;
    await new Promise((resolve) => socket.once('close', resolve));
    await turns();
    expect(call.events).toEqual(events);
    expect(fake.openSockets).toBe(0);
    // What was aborted in time never left.
    if (moment === 'connected') expect(fake.requests).toEqual([]);
  });

  it.each<CallEvent>(['sent', 'headers', 'data'])('some time after `%s`', async (moment) => {
    if (moment === 'sent') fake.script((asked) => asked.hang());
    else endlessly();
    const call = recordCall(upstream, upstreamRequest(fake.url));
    await call.told(moment);
    const asked = await fake.nextRequest();
    call.call.abort();
    const told = call.events.length;
    await asked.closed;
    await turns();
    expect(call.events.length).toBe(told);
  });

  it('while paused', async () => {
    endlessly();
    const call = recordCall(upstream, upstreamRequest(fake.url), (event, self) => {
      if (event === 'data') self.pause();
    });
    await call.told('data');
    call.call.abort();
    await (
      await fake.nextRequest()
    ).closed;
    call.call.resume();
    await turns();
    expect(call.events.at(-1)).toBe('data');
  });

  it('while a large body goes out to an upstream that does not read', async () => {
    const accepted = new Promise<Socket>((resolve) =>
      fake.onConnection((socket) => {
        socket.pause();
        resolve(socket);
      }),
    );
    const body = [Buffer.alloc(32_000_000)];
    const call = recordCall(upstream, upstreamRequest(fake.url, { body, bodyLength: 32_000_000 }));
    const socket = await accepted;
    await call.told('connected');
    call.call.abort();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.resume();
    await closed;
    expect(call.events).not.toContain('failed');
  });

  it('twice, and after the end, does nothing: the socket serves the next call', async () => {
    fake.script((asked) => asked.respond(200, {}, 'x'));
    const first = recordCall(upstream, upstreamRequest(fake.url));
    await first.over;
    first.call.abort();
    first.call.abort();
    const second = recordCall(upstream, upstreamRequest(fake.url));
    await second.over;
    expect(second.events).toEqual(['reused', 'sent', 'headers', 'data', 'end']);
  });

  it('of one call leaves those beside it alone', async () => {
    const [gone, kept] = [upstreamRequest(fake.url), upstreamRequest(fake.url)].map((request) =>
      recordCall(upstream, request),
    );
    gone?.call.abort();
    fake.script((asked) => asked.respond(200, {}, 'x'));
    await kept?.over;
    expect(kept?.events.at(-1)).toBe('end');
  });

  it('of 300 calls at all moments leaves no socket and no error behind', async () => {
    fake.script((asked) => {
      const turn = fake.requests.length % 4;
      if (turn === 0) return asked.respond(200, {}, 'x');
      if (turn === 1) return asked.hang();
      asked.head(200, {});
      asked.write('some');
      if (turn === 2) asked.end();
    });
    const moments: readonly (CallEvent | 'now')[] = ['now', 'connected', 'sent', 'headers', 'data', 'end'];
    const calls: RecordedCall[] = [];
    for (let round = 0; round < 15; round += 1) {
      const batch = Array.from({ length: 20 }, (_, index) => {
        const moment = moments[(round + index) % moments.length];
        const call = recordCall(upstream, upstreamRequest(fake.url), (event, self) => {
          if (event === moment) self.abort();
        });
        if (moment === 'now') call.call.abort();
        return call;
      });
      calls.push(...batch);
      await turns();
    }
    for (const { call } of calls) call.abort();
    await upstream.close();
    await expect.poll(() => fake.openSockets).toBe(0);
    expect(calls.flatMap(({ failure }) => (failure === undefined ? [] : [failure]))).toEqual([]);
  });
});
