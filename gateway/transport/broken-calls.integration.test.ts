import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { Upstream, UpstreamFailure, UpstreamRequest } from '../core/upstream.ts';
import { createSteppedClock, type SteppedClock } from '../testing/clock.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { recordCall, upstreamRequest, type RecordedCall } from '../testing/record-call.ts';
import { whenRead } from '../testing/when-read.ts';
import type { Resolve } from './address-guard.ts';
import { createUpstream } from './upstream.ts';

let clock: SteppedClock;
let fake: FakeUpstream;
let upstream: Upstream;

beforeEach(async () => {
  clock = createSteppedClock();
  fake = await startFakeUpstream();
  upstream = createUpstream({ clock, environment: {} });
});
afterEach(async () => {
  await upstream.close();
  await fake.close();
});

async function send(part: Partial<UpstreamRequest> = {}): Promise<RecordedCall> {
  const call = recordCall(upstream, upstreamRequest(fake.url, part));
  // Whatever happens, the caller holds the call before it hears of it.
  expect(call.events).toEqual([]);
  await call.over;
  return call;
}

const failure = async (part?: Partial<UpstreamRequest>): Promise<UpstreamFailure | undefined> =>
  (await send(part)).failure;

describe('nothing was sent', () => {
  it('refused', async () => {
    await fake.close();
    expect(await failure()).toEqual({
      code: 'upstream_unreachable',
      where: 'not-sent',
      reusedSocket: false,
      told: remark('connection-refused'),
    });
  });

  it('refused at every address of a name', async () => {
    await fake.close();
    upstream = resolving(() => [
      { address: '127.0.0.1', family: 4 },
      { address: '127.0.0.2', family: 4 },
    ]);
    expect(await failure({ url: `http://name.test:${fake.port}/v1` })).toMatchObject({
      code: 'upstream_unreachable',
      told: { text: 'connection refused' },
    });
  });

  it('an unknown name', async () => {
    const unknown = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    upstream = createUpstream({ clock, environment: {}, resolve: () => Promise.reject(unknown) });
    expect(await failure({ url: 'http://name.test/v1' })).toMatchObject({
      code: 'upstream_unreachable',
      where: 'not-sent',
      told: { text: 'the name cannot be resolved' },
    });
  });

  it('a name without addresses', async () => {
    upstream = resolving(() => []);
    expect(await failure({ url: 'http://name.test/v1' })).toMatchObject({
      code: 'upstream_unreachable',
      told: { text: 'name.test has no address' },
    });
  });

  it('a black hole: its own code, at its own time', async () => {
    upstream = createUpstream({ clock, environment: {}, resolve: () => new Promise(() => undefined) });
    const call = recordCall(upstream, upstreamRequest('http://name.test/v1', { connectTimeout: 10_000 }));
    clock.step(9_999);
    expect(call.events).toEqual([]);
    clock.step(1);
    await call.over;
    expect(call.failure).toMatchObject({
      code: 'connect_timeout',
      where: 'not-sent',
      told: { text: 'no connection in time' },
    });
  });

  it('a peer that accepts and never speaks TLS is a black hole too', async () => {
    const accepted = new Promise<Socket>((resolve) => fake.onConnection(resolve));
    const call = recordCall(upstream, upstreamRequest(`https://127.0.0.1:${fake.port}/v1`));
    const socket = await accepted;
    clock.step(10_000);
    await call.over;
    expect(call.failure).toMatchObject({ code: 'connect_timeout', where: 'not-sent' });
    await new Promise((resolve) => socket.once('close', resolve));
  });

  it('the time to connect does not run on once connected', async () => {
    fake.script((asked) => {
      clock.step(3_600_000);
      asked.respond(200, {}, 'x');
    });
    expect((await send()).events.at(-1)).toBe('end');
  });

  it.each<[string, Partial<UpstreamRequest>, string]>([
    ['a scheme that is none of ours', { url: 'file:///etc/passwd' }, 'http:// or https://'],
    ['a line break in a header', { headers: { 'x-a': 'secret\r\nx-b: 1' } }, 'invalid x-a header'],
    ['a proxy that cannot be used', { proxy: 'socks5://user:secret@proxy' }, 'only proxies with http://'],
  ])('%s', async (_name, part, detail) => {
    const broken = await failure(part);
    expect(broken).toMatchObject({ code: 'upstream_unreachable', where: 'not-sent' });
    expect(broken?.told.text).toContain(detail);
    expect(broken?.told.text).not.toContain('secret');
    expect(fake.openSockets).toBe(0);
  });
});

describe('the address', () => {
  it.each<[string, boolean]>([
    ['127.0.0.1', false],
    ['2130706433', false],
    ['0x7f.1', false],
    ['127.1', false],
    ['①②⑦.0.0.1', false],
    ['[::1]', false],
    ['[::ffff:7f00:1]', false],
    ['localhost.', false],
    ['127.0.0.1.nip.io', false],
    ['169.254.169.254', true],
    ['[::ffff:169.254.169.254]', true],
    ['metadata.test', true],
  ])('%s is refused before anything is dialled (private allowed: %s)', async (host, allowPrivateNetwork) => {
    upstream = resolving((name) => [
      { address: name === 'metadata.test' ? '169.254.169.254' : '127.0.0.1', family: 4 },
    ]);
    const broken = await failure({ url: `http://${host}:${fake.port}/v1`, allowPrivateNetwork });
    expect(broken).toMatchObject({ code: 'upstream_address_refused', where: 'not-sent' });
    expect(broken?.told.text).toContain(
      allowPrivateNetwork ? 'never dialled' : 'allow_private_network: true',
    );
    expect(fake.openSockets).toBe(0);
  });

  it('that was checked is the one that is dialled: a name is looked up once for each connection', async () => {
    let asked = 0;
    upstream = resolving(() => [{ address: (asked += 1) === 1 ? '127.0.0.1' : '127.0.0.9', family: 4 }]);
    fake.script((request) => request.respond(200, {}, 'x'));
    expect((await send({ url: `http://name.test:${fake.port}/v1` })).body.toString()).toBe('x');
    expect(asked).toBe(1);
  });
});

describe('sent, and no byte came back', () => {
  it.each<[string, (socket: Socket) => void]>([
    ['RST after the request', (socket) => socket.once('data', () => socket.resetAndDestroy())],
    ['FIN after the request', (socket) => socket.once('data', () => socket.end())],
    ['FIN on accept', (socket) => socket.end()],
  ])('%s', async (_name, act) => {
    fake.onConnection(act);
    fake.script((asked) => asked.hang());
    expect(await failure()).toMatchObject({ code: 'upstream_cut', where: 'sent', reusedSocket: false });
  });

  it('RST on accept: cut, or refused where the reset is faster than the connection', async () => {
    fake.onConnection((socket) => socket.resetAndDestroy());
    expect(['sent', 'not-sent']).toContain((await failure())?.where);
  });

  it.each<[string, 'reset' | 'cut']>([
    ['resets', 'reset'],
    ['closes', 'cut'],
  ])('a kept socket that the other side %s on the next request', async (_name, how) => {
    fake.script((asked) => (fake.requests.length === 1 ? asked.respond(200, {}, 'x') : asked[how]()));
    await send();
    expect(await failure()).toMatchObject({ code: 'upstream_cut', where: 'sent', reusedSocket: true });
  });
});

describe('some of the answer came', () => {
  it.each(['reset', 'cut'] as const)('half a head, then %s', async (how) => {
    fake.script(async (asked) => {
      asked.raw('HTTP/1.1 200 OK\r\ncontent-ty');
      await whenRead();
      asked[how]();
    });
    expect(await failure()).toMatchObject({ code: 'upstream_cut', where: 'answering' });
  });

  it.each<[string, string]>([
    ['chunks without the last one', 'transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n'],
    [
      'chunks without the last one, before a close',
      'connection: close\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n',
    ],
    ['a chunk cut in the middle', 'transfer-encoding: chunked\r\n\r\n9\r\nhello'],
    ['a body shorter than its length', 'content-length: 10\r\n\r\nhello'],
    [
      'a body shorter than its length, before a close',
      'connection: close\r\ncontent-length: 10\r\n\r\nhello',
    ],
  ])('%s', async (_name, bytes) => {
    fake.script((asked) => {
      asked.raw(`HTTP/1.1 200 OK\r\n${bytes}`);
      asked.cut();
    });
    const call = await send();
    expect(call.body.toString()).toBe('hello');
    expect(call.failure).toMatchObject({ code: 'upstream_cut', where: 'answering' });
  });

  it.each<[string, string]>([
    ['garbage', 'hello, this is not HTTP\r\n\r\n'],
    [
      'a length and chunks at once',
      'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
    ],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello'],
    ['a chunk size that is none', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n'],
    ['a head of 80 KB', `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(80_000)}\r\n\r\n`],
    ['a carriage return in a header', 'HTTP/1.1 200 OK\r\nx-a: b\rc: d\r\ncontent-length: 0\r\n\r\n'],
    ['a NUL in a header', 'HTTP/1.1 200 OK\r\nx-a: b\0c\r\ncontent-length: 0\r\n\r\n'],
  ])('%s: an invalid answer', async (_name, bytes) => {
    fake.script((asked) => asked.raw(bytes));
    expect(await failure()).toMatchObject({ code: 'upstream_invalid_response', where: 'answering' });
    await fake.requests[0]?.closed;
  });

  it('a head of 40 KB is no fault', async () => {
    fake.script((asked) => asked.respond(200, { 'x-a': 'a'.repeat(40_000) }, 'x'));
    expect((await send()).failure).toBeUndefined();
  });

  it('what follows an answer is not taken for the next one', async () => {
    fake.script((asked) => {
      if (fake.requests.length > 1) return asked.respond(200, {}, 'second');
      asked.raw(
        'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nfirst' +
          'HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil',
      );
    });
    expect((await send()).body.toString()).toBe('first');
    expect((await send()).body.toString()).toBe('second');
  });
});

function resolving(answer: (hostname: string) => Awaited<ReturnType<Resolve>>): Upstream {
  return createUpstream({ clock, environment: {}, resolve: (name) => Promise.resolve(answer(name)) });
}
