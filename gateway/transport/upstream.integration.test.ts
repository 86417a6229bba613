import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Upstream, UpstreamRequest } from '../core/upstream.ts';
import { systemClock } from '../system-clock.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { recordCall, upstreamRequest, type RecordedCall } from '../testing/record-call.ts';
import { createUpstream } from './upstream.ts';

let upstream: Upstream;
let fake: FakeUpstream;

beforeEach(async () => {
  upstream = createUpstream({ clock: systemClock, environment: {} });
  fake = await startFakeUpstream();
});
afterEach(async () => {
  await upstream.close();
  await fake.close();
});

async function send(part: Partial<UpstreamRequest> = {}): Promise<RecordedCall> {
  const call = recordCall(upstream, upstreamRequest(`${fake.url}/chat/completions?a=b`, part));
  await call.over;
  return call;
}

describe('answers', () => {
  it('tells each step once and in order', async () => {
    fake.script((asked) => asked.respond(201, { 'x-a': '1', 'X-B': '2' }, 'hello'));
    const call = await send();
    expect(call.events).toEqual(['connected', 'sent', 'headers', 'data', 'end']);
    expect(call).toMatchObject({ status: 201, headers: { 'x-a': '1', 'x-b': '2', 'content-length': '5' } });
    expect(call.body.toString()).toBe('hello');
  });

  it('sends method, path, headers and the parts of the body as one, with its length', async () => {
    fake.script((asked) => asked.respond(200, {}, ''));
    await send({ headers: { authorization: 'Bearer key' } });
    const [asked] = fake.requests;
    expect(asked).toMatchObject({ method: 'POST', path: '/v1/chat/completions?a=b' });
    expect(asked?.headers).toEqual({
      host: `127.0.0.1:${fake.port}`,
      connection: 'keep-alive',
      authorization: 'Bearer key',
      'content-length': '7',
    });
    expect(asked?.body.toString()).toBe('{"a":1}');
  });

  it('sends a GET without a body', async () => {
    fake.script((asked) => asked.respond(200, {}, 'x'));
    expect((await send({ method: 'GET', body: [], bodyLength: 0 })).body.toString()).toBe('x');
    expect(fake.requests[0]?.headers['content-length']).toBeUndefined();
  });

  it('sends a large body whole', async () => {
    fake.script((asked) => asked.respond(200, {}, ''));
    const parts = ['a', 'b', 'c'].map((letter) => Buffer.alloc(1_000_000, letter));
    await send({ body: parts, bodyLength: 3_000_000 });
    expect(fake.requests[0]?.body.equals(Buffer.concat(parts))).toBe(true);
  });

  it.each([
    ['repeated headers are joined', 'x-a: 1\r\nx-a: 2\r\ncontent-length: 0\r\n\r\n', { 'x-a': '1, 2' }],
    ['names a prototype has are only names', '__proto__: 1\r\ntoString: 2\r\ncontent-length: 0\r\n\r\n', {}],
  ])('%s', async (_name, head, expected) => {
    fake.script((asked) => asked.raw(`HTTP/1.1 200 OK\r\n${head}`));
    const call = await send();
    expect(call.headers).toMatchObject(expected);
    expect(Object.getPrototypeOf(call.headers)).toBe(Object.prototype);
  });

  it('passes over what only announces an answer', async () => {
    fake.script((asked) => {
      asked.raw('HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n');
      asked.respond(200, {}, 'x');
    });
    const call = await send();
    expect(call.events).toEqual(['connected', 'sent', 'headers', 'data', 'end']);
    expect(call.status).toBe(200);
  });

  it('leaves a compressed answer as it is', async () => {
    const packed = gzipSync('hello');
    fake.script((asked) => asked.respond(200, { 'content-encoding': 'gzip' }, packed));
    expect((await send()).body.equals(packed)).toBe(true);
  });

  it('takes a close as the end only where nothing else can mark it', async () => {
    fake.script((asked) => {
      asked.raw('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nhello');
      asked.cut();
    });
    const call = await send();
    expect(call.events.at(-1)).toBe('end');
    expect(call.body.toString()).toBe('hello');
  });

  it.each([301, 302, 303, 307, 308])('does not follow a %i', async (status) => {
    const second = await startFakeUpstream();
    fake.script((asked) => asked.respond(status, { location: `${second.url}/x` }, ''));
    expect(await send()).toMatchObject({ status, failure: undefined });
    expect(second.requests).toHaveLength(0);
    await second.close();
  });
});

describe('sockets', () => {
  it('are used again and known to be, or fresh when asked for', async () => {
    fake.script((asked) => asked.respond(200, {}, 'x'));
    expect((await send()).events[0]).toBe('connected');
    expect((await send()).events[0]).toBe('reused');
    expect((await send({ freshSocket: true })).events[0]).toBe('connected');
    expect(fake.requests.map(({ connection }) => connection)).toEqual([1, 1, 2]);
  });

  it('are used again by a call made while the one before it tells its end', async () => {
    fake.script((asked) => asked.respond(200, {}, 'x'));
    const next = await new Promise<RecordedCall>((resolve) => {
      recordCall(upstream, upstreamRequest(fake.url), (event) => {
        if (event === 'end') resolve(recordCall(upstream, upstreamRequest(fake.url)));
      });
    });
    await next.over;
    expect(next.events[0]).toBe('reused');
  });

  it.each<[string, Partial<UpstreamRequest>]>([
    ['a different rule about addresses', { allowPrivateNetwork: true, connectTimeout: 9_000 }],
    ['another host', { url: 'http://localhost:1/v1' }],
  ])('are not shared with %s', async (_name, part) => {
    fake.script((asked) => asked.respond(200, {}, 'x'));
    await send();
    expect((await send(part)).events[0]).not.toBe('reused');
  });

  it('that the upstream closed while idle are not used', async () => {
    fake.script((asked) => {
      asked.respond(200, {}, 'x');
      asked.cut();
    });
    await send();
    await fake.requests[0]?.closed;
    const call = await send();
    expect(call.events).toEqual(['connected', 'sent', 'headers', 'data', 'end']);
  });

  it('are not used again after `connection: close`', async () => {
    fake.script((asked) => asked.respond(200, { connection: 'close' }, 'x'));
    await send();
    expect((await send()).events[0]).toBe('connected');
  });

  it('carry one call each, however many there are at once', async () => {
    fake.script((asked) => asked.respond(200, {}, asked.body));
    const calls = await Promise.all(
      Array.from({ length: 100 }, (_, index) => send({ body: [Buffer.from(`body ${index}`)] })),
    );
    calls.forEach((call, index) => expect(call.body.toString()).toBe(`body ${index}`));
  });

  it('of before a sleep carry no call after it, those in use then neither', async () => {
    fake.script((asked) => asked.respond(200, {}, 'x'));
    await send();
    upstream.renew();
    expect((await send()).events[0]).toBe('connected');
    expect((await send()).events[0]).toBe('reused');
    const { promise: held, resolve: answer } = Promise.withResolvers<null>();
    fake.script(async (asked) => {
      await held;
      asked.respond(200, {}, 'late');
    });
    const inUse = recordCall(upstream, upstreamRequest(fake.url));
    upstream.renew();
    answer(null);
    await inUse.over;
    expect(inUse.body.toString()).toBe('late');
    expect((await send()).events[0]).toBe('connected');
  });

  it('close with the transport when idle, and after their call when not', async () => {
    fake.script((asked) => asked.respond(200, {}, 'x'));
    await send();
    fake.script((asked) => asked.head(200, {}));
    const running = recordCall(upstream, upstreamRequest(fake.url, { freshSocket: true }));
    await running.told('headers');
    await upstream.close();
    await fake.requests[0]?.closed;
    expect(running.events).not.toContain('failed');
    fake.requests[1]?.end();
    await running.over;
    expect(running.events.at(-1)).toBe('end');
    await fake.requests[1]?.closed;
    expect(fake.openSockets).toBe(0);
  });
});

describe('back-pressure', () => {
  it('holds the upstream back while paused, and loses nothing', async () => {
    const total = 64_000_000;
    const part = Buffer.alloc(64_000, 'x');
    let pushed = 0;
    let lastPush = 0;
    fake.onConnection((socket) => {
      const push = (): void => {
        while (pushed < total) {
          pushed += part.length;
          lastPush = performance.now();
          if (!socket.write(part)) return void socket.once('drain', push);
        }
      };
      socket.once('data', () => {
        socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${total}\r\n\r\n`);
        push();
      });
    });
    fake.script((asked) => asked.hang());
    const call = recordCall(upstream, upstreamRequest(fake.url), (event, self) => {
      if (event === 'headers') self.pause();
    });
    await call.told('headers');
    // Held back means: no push for a while. There is no event for what does not happen.
    await expect.poll(() => performance.now() - lastPush, { timeout: 10_000 }).toBeGreaterThan(200);
    expect(pushed).toBeLessThan(total / 2);
    expect(call.body.length).toBeLessThan(200_000);
    call.call.resume();
    await call.over;
    expect(call.body.length).toBe(total);
  });

  it('can be asked for before there is a socket', async () => {
    fake.script((asked) => asked.respond(200, {}, 'hello'));
    const call = recordCall(upstream, upstreamRequest(fake.url));
    call.call.pause();
    await call.told('headers');
    await new Promise((resolve) => setImmediate(resolve));
    expect(call.events).toEqual(['connected', 'sent', 'headers']);
    call.call.resume();
    await call.over;
    expect(call.body.toString()).toBe('hello');
  });

  it('of a call that has ended does not touch the next one on its socket', async () => {
    fake.script((asked) => asked.respond(200, {}, 'x'));
    const first = await send();
    // One write, so that the body waits in the parser when the head is told.
    fake.script((asked) => asked.raw('HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\ny'));
    first.call.pause();
    const second = recordCall(upstream, upstreamRequest(`${fake.url}/chat/completions`), (event, self) => {
      if (event === 'headers') self.pause();
    });
    await second.told('headers');
    expect(second.events[0]).toBe('reused');
    first.call.resume();
    expect(second.events).not.toContain('data');
    second.call.resume();
    await second.over;
    expect(second.body.toString()).toBe('y');
  });
});
