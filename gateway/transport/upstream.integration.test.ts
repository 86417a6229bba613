import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Upstream, UpstreamCall, UpstreamFailure, UpstreamRequest } from '../core/upstream.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { systemClock } from '../system-clock.ts';
import { createUpstream } from './upstream.ts';

interface Told {
  readonly events: string[];
  status: number;
  body: string;
  headers: Readonly<Record<string, string>>;
  failure: UpstreamFailure | undefined;
}

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

const request = (part: Partial<UpstreamRequest> = {}): UpstreamRequest => {
  const body = [Buffer.from('{"a":'), Buffer.from('1}')];
  return {
    method: 'POST',
    url: `${fake.url}/chat/completions`,
    headers: { 'content-type': 'application/json' },
    body,
    bodyLength: 7,
    connectTimeout: 2_000,
    proxy: 'none',
    noProxy: [],
    allowPrivateNetwork: true,
    freshSocket: false,
    ...part,
  };
};

/** Sends and resolves when the call has ended; `during` sees the call and what was told so far. */
function send(
  part: Partial<UpstreamRequest> = {},
  during: (call: UpstreamCall, event: string) => void = () => undefined,
): Promise<Told> {
  return new Promise((resolve) => {
    const told: Told = { events: [], status: 0, body: '', headers: {}, failure: undefined };
    const note = (event: string): void => {
      told.events.push(event);
      queueMicrotask(() => during(call, event));
    };
    const call = upstream.send(request(part), {
      connected: (reused) => note(reused ? 'reused' : 'connected'),
      sent: () => note('sent'),
      headers(status, headers) {
        told.status = status;
        told.headers = headers;
        note('headers');
      },
      data(chunk) {
        told.body += Buffer.from(chunk).toString();
        note('data');
      },
      end() {
        note('end');
        resolve(told);
      },
      failed(failure) {
        told.failure = failure;
        note('failed');
        resolve(told);
      },
    });
  });
}

/** The socket is free again only after the callback of its last answer has returned. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('answers', () => {
  it('tells each step once, in order, and sends the body with its length', async () => {
    fake.script((asked) => asked.respond(201, { 'x-a': '1', 'X-B': '2' }, 'hello'));
    const told = await send();
    expect(told.events.filter((event) => event !== 'sent')).toEqual(['connected', 'headers', 'data', 'end']);
    expect(told.events).toContain('sent');
    expect(told).toMatchObject({ status: 201, body: 'hello', headers: { 'x-a': '1', 'x-b': '2' } });
    expect(fake.requests[0]?.body.toString()).toBe('{"a":1}');
    expect(fake.requests[0]?.headers).toMatchObject({ 'content-length': '7' });
  });

  it('knows a socket it has used before, and takes a fresh one when told', async () => {
    fake.script((asked) => asked.respond(200, {}, 'x'));
    expect((await send()).events[0]).toBe('connected');
    await settled();
    expect((await send()).events[0]).toBe('reused');
    expect((await send({ freshSocket: true })).events[0]).toBe('connected');
    expect(fake.requests.map(({ connection }) => connection)).toEqual([1, 1, 2]);
  });

  it('does not follow a redirect', async () => {
    const second = await startFakeUpstream();
    fake.script((asked) => asked.respond(307, { location: `${second.url}/x` }, ''));
    expect((await send()).status).toBe(307);
    expect(second.requests).toHaveLength(0);
    await second.close();
  });
});

describe('failures', () => {
  it('refused: nothing was sent', async () => {
    await fake.close();
    expect((await send()).failure).toMatchObject({
      code: 'upstream_unreachable',
      where: 'not-sent',
      detail: 'connection refused',
    });
  });

  it('an unknown name', async () => {
    const told = await send({ url: 'http://no-such-host.invalid/v1', allowPrivateNetwork: true });
    expect(told.failure).toMatchObject({ code: 'upstream_unreachable', where: 'not-sent' });
  });

  it('a black hole: its own code', async () => {
    await upstream.close();
    upstream = createUpstream({
      clock: systemClock,
      environment: {},
      resolve: () => new Promise(() => undefined),
    });
    const told = await send({ url: 'http://black-hole.example/v1', connectTimeout: 300 });
    expect(told.failure).toMatchObject({ code: 'connect_timeout', where: 'not-sent' });
  });

  it.each<[string, (socket: Socket) => void]>([
    ['RST', (socket) => socket.resetAndDestroy()],
    ['FIN', (socket) => socket.end()],
  ])('%s after the request, before a byte: sent', async (_name, act) => {
    fake.onConnection((socket) => socket.once('data', () => act(socket)));
    fake.script((asked) => asked.hang());
    expect((await send()).failure).toMatchObject({
      code: 'upstream_cut',
      where: 'sent',
      reusedSocket: false,
    });
  });

  it('a kept socket that the other side closes on the next request', async () => {
    fake.script((asked) => (fake.requests.length === 1 ? asked.respond(200, {}, 'x') : asked.reset()));
    await send();
    await settled();
    expect((await send()).failure).toMatchObject({ code: 'upstream_cut', where: 'sent', reusedSocket: true });
  });

  it('half a head: bytes had come', async () => {
    fake.script((asked) => {
      asked.raw('HTTP/1.1 200 OK\r\ncontent-ty');
      setTimeout(asked.reset, 30);
    });
    expect((await send()).failure).toMatchObject({ code: 'upstream_cut', where: 'answering' });
  });

  it.each<[string, string]>([
    [
      'a chunked body without its last chunk',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n',
    ],
    ['a body shorter than its length', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello'],
  ])('%s', async (_name, bytes) => {
    fake.script((asked) => {
      asked.raw(bytes);
      asked.cut();
    });
    const told = await send();
    expect(told.body).toBe('hello');
    expect(told.failure?.where).toBe('answering');
  });

  it.each<[string, string]>([
    ['garbage', 'hello, this is not HTTP\r\n\r\n'],
    [
      'a length and chunks at once',
      'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
    ],
    ['an endless head', `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(80_000)}\r\n\r\n`],
  ])('%s: an invalid answer', async (_name, bytes) => {
    fake.script((asked) => asked.raw(bytes));
    expect((await send()).failure).toMatchObject({ code: 'upstream_invalid_response' });
  });

  it('a private address where none is allowed: nothing is dialled', async () => {
    const told = await send({ allowPrivateNetwork: false });
    expect(told.failure).toMatchObject({ code: 'upstream_address_refused', where: 'not-sent' });
    expect(fake.openSockets).toBe(0);
  });

  it('a name that turns private after it was looked at: the dialled address is the checked one', async () => {
    await upstream.close();
    const answers = [['93.184.216.34'], ['127.0.0.1']];
    let asked = 0;
    upstream = createUpstream({
      clock: systemClock,
      environment: {},
      resolve: () =>
        Promise.resolve((answers[asked++] ?? ['127.0.0.1']).map((address) => ({ address, family: 4 }))),
    });
    const url = `http://rebind.example:${fake.port}/v1`;
    await send({ url, allowPrivateNetwork: false, connectTimeout: 300 });
    const told = await send({ url, allowPrivateNetwork: false, connectTimeout: 300 });
    expect(told.failure?.code).toBe('upstream_address_refused');
    expect(fake.openSockets).toBe(0);
  });
});

describe('abort', () => {
  it.each(['sent', 'headers', 'data'])('at %s closes the socket and tells nothing more', async (moment) => {
    fake.script((asked) => {
      if (moment === 'sent') return;
      asked.head(200, {});
      const timer = setInterval(() => asked.write('again'), 5);
      void asked.closed.finally(() => clearInterval(timer));
    });
    const events: string[] = [];
    void send({}, (call, event) => {
      events.push(event);
      if (event === moment) call.abort();
    });
    const asked = await fake.nextRequest();
    await asked.closed;
    const after = events.length;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(events.length).toBe(after);
    expect(events).not.toContain('failed');
  });
});

it('pause holds the upstream back', async () => {
  let pushed = 0;
  fake.script((asked) => {
    asked.head(200, {});
    const part = Buffer.alloc(65_536, 'x');
    const timer = setInterval(() => {
      for (let count = 0; count < 16; count += 1) {
        if (!asked.write(part)) return;
        pushed += part.length;
      }
    }, 1);
    void asked.closed.finally(() => clearInterval(timer));
  });
  let held: UpstreamCall | undefined;
  void send({}, (call, event) => {
    if (event !== 'headers') return;
    held = call;
    call.pause();
  });
  let before = -1;
  while (before !== pushed || pushed === 0) {
    before = pushed;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  expect(pushed).toBeLessThan(24_000_000);
  held?.abort();
});

describe('proxies', () => {
  async function startProxy() {
    const seen: { target: string; authorization: string | undefined }[] = [];
    const server = createServer();
    server.on('connect', (asked, socket: Socket, head: Buffer) => {
      seen.push({ target: asked.url ?? '', authorization: asked.headers['proxy-authorization'] });
      const [host = '', port = ''] = (asked.url ?? '').split(':');
      const out = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        out.write(head);
        out.pipe(socket).pipe(out);
      });
      out.on('error', () => socket.destroy());
      socket.on('error', () => out.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    return { seen, port, close: () => server.close() };
  }

  it('tunnels through one with its password, and goes past it for listed hosts', async () => {
    const proxy = await startProxy();
    fake.script((asked) => asked.respond(200, {}, 'x'));
    const address = `http://user:secret@127.0.0.1:${proxy.port}`;
    expect((await send({ proxy: address })).status).toBe(200);
    expect(proxy.seen).toEqual([
      {
        target: `127.0.0.1:${fake.port}`,
        authorization: `Basic ${Buffer.from('user:secret').toString('base64')}`,
      },
    ]);
    expect((await send({ proxy: address, noProxy: ['127.0.0.1'] })).status).toBe(200);
    expect(proxy.seen).toHaveLength(1);
    expect(fake.requests[0]?.headers['proxy-authorization']).toBeUndefined();
    proxy.close();
  });

  it('names one that does not answer, without its password', async () => {
    const told = await send({ proxy: `http://user:secret@127.0.0.1:1` });
    expect(told.failure).toMatchObject({ code: 'upstream_unreachable', where: 'not-sent' });
    expect(told.failure?.detail).toContain('127.0.0.1:1');
    expect(told.failure?.detail).not.toContain('secret');
  });
});
