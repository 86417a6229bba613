import { createServer } from 'node:http';
import { connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import {
  createServer as createTlsServer,
  getCACertificates,
  setDefaultCACertificates,
  TLSSocket,
} from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Upstream, UpstreamRequest } from '../core/upstream.ts';
import { TEST_CERTIFICATE } from '../testing/certificate.ts';
import { createSteppedClock, type SteppedClock } from '../testing/clock.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { recordCall, upstreamRequest, type RecordedCall } from '../testing/record-call.ts';
import { createUpstream } from './upstream.ts';

const trusted = getCACertificates();
let clock: SteppedClock;
let fake: FakeUpstream;
let secure: FakeUpstream;
let upstream: Upstream;
const servers: Server[] = [];

beforeAll(() => setDefaultCACertificates([...trusted, TEST_CERTIFICATE.cert]));
afterAll(() => setDefaultCACertificates(trusted));
beforeEach(async () => {
  clock = createSteppedClock();
  fake = await startFakeUpstream();
  secure = await startFakeUpstream({ certificate: TEST_CERTIFICATE });
  for (const { script } of [fake, secure]) script((asked) => asked.respond(200, {}, asked.body));
  upstream = createUpstream({
    clock,
    environment: {},
    resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
  });
});
afterEach(async () => {
  await upstream.close();
  await Promise.all([fake.close(), secure.close()]);
  for (const server of servers.splice(0)) server.close();
});

async function send(url: string, part: Partial<UpstreamRequest> = {}): Promise<RecordedCall> {
  const call = recordCall(upstream, upstreamRequest(url, part));
  await call.over;
  return call;
}

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
}

interface Tunnelled {
  readonly target: string;
  readonly authorization: string | undefined;
}

/** A proxy that tunnels to this machine, whatever host is asked for. */
async function startProxy({ tls = false } = {}): Promise<{ port: number; seen: Tunnelled[] }> {
  const seen: Tunnelled[] = [];
  const http = createServer();
  http.on('connect', (asked, socket: Socket, head: Buffer) => {
    const target = asked.url ?? '';
    seen.push({ target, authorization: asked.headers['proxy-authorization'] });
    const out = connect(Number(target.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      out.write(head);
      out.pipe(socket).pipe(out);
    });
    out.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    socket.on('error', () => out.destroy()).on('close', () => out.destroy());
  });
  const port = await listen(
    tls ? createTlsServer(TEST_CERTIFICATE, (socket) => void http.emit('connection', socket)) : http,
  );
  return { port, seen };
}

describe('TLS', () => {
  it('carries calls, over kept sockets too, and names the host it wants', async () => {
    const names: (string | false | null)[] = [];
    secure.onConnection((socket) => socket instanceof TLSSocket && names.push(socket.servername));
    expect((await send(secure.url)).body.toString()).toBe('{"a":1}');
    expect((await send(secure.url)).events[0]).toBe('reused');
    expect(names).toEqual(['localhost']);
  });

  it('resumes a session on a fresh socket', async () => {
    const resumed: boolean[] = [];
    secure.onConnection((socket) => socket instanceof TLSSocket && resumed.push(socket.isSessionReused()));
    await send(secure.url);
    await send(secure.url, { freshSocket: true });
    expect(resumed).toEqual([false, true]);
  });

  it.each<[string, () => string, RegExp]>([
    [
      'a certificate for another name',
      () => `https://other.test:${secure.port}/v1`,
      /does not match certificate/,
    ],
    ['a certificate for names at an address', () => `https://127.0.0.1:${secure.port}/v1`, /does not match/],
    ['a peer without TLS', () => `https://localhost:${fake.port}/v1`, /TLS|connection/],
  ])('%s: nothing is sent', async (_name, url, detail) => {
    fake.onConnection((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 no\r\n\r\n')));
    const { failure } = await send(url());
    expect(failure).toMatchObject({ code: 'upstream_unreachable', where: 'not-sent' });
    expect(failure?.told.text).toMatch(detail);
  });

  it('a certificate nobody vouches for: nothing is sent', async () => {
    setDefaultCACertificates(trusted);
    const { failure } = await send(secure.url);
    setDefaultCACertificates([...trusted, TEST_CERTIFICATE.cert]);
    expect(failure).toMatchObject({ code: 'upstream_unreachable', where: 'not-sent' });
    expect(failure?.told.text).toContain('self-signed certificate');
    expect(secure.requests).toEqual([]);
  });

  it.each<[string, string, 'sent' | 'answering']>([
    ['before a byte', '', 'sent'],
    ['after one', 'H', 'answering'],
  ])('closed %s of the answer', async (_name, bytes, where) => {
    secure.script((asked) => {
      asked.raw(bytes);
      asked.cut();
    });
    expect((await send(secure.url)).failure).toMatchObject({ code: 'upstream_cut', where });
  });
});

describe('a proxy', () => {
  it.each<[string, boolean, () => FakeUpstream]>([
    ['plain, to a plain upstream', false, () => fake],
    ['plain, to TLS', false, () => secure],
    ['TLS, to a plain upstream', true, () => fake],
    ['TLS, to TLS', true, () => secure],
  ])('%s: tunnels with its password, which the upstream does not see', async (_name, tls, to) => {
    const proxy = await startProxy({ tls });
    const address = `${tls ? 'https' : 'http'}://user:p%40ss@localhost:${proxy.port}`;
    const url = to().url.replace('127.0.0.1', 'upstream.test').replace('localhost', 'upstream.test');
    const call = await send(url, { proxy: address });
    expect(call.failure).toBeUndefined();
    expect(call.body.toString()).toBe('{"a":1}');
    expect(proxy.seen).toEqual([
      {
        target: `upstream.test:${to().port}`,
        authorization: `Basic ${Buffer.from('user:p@ss').toString('base64')}`,
      },
    ]);
    expect(to().requests[0]?.headers['proxy-authorization']).toBeUndefined();
    expect((await send(url, { proxy: address })).events[0]).toBe('reused');
    expect(proxy.seen).toHaveLength(1);
  });

  it('is passed by for listed hosts', async () => {
    const { port, seen } = await startProxy();
    const call = await send(fake.url, { proxy: `http://localhost:${port}`, noProxy: ['127.0.0.1'] });
    expect(call.failure).toBeUndefined();
    expect(seen).toEqual([]);
  });

  it('of the system is taken from the environment', async () => {
    const { port, seen } = await startProxy();
    upstream = createUpstream({
      clock,
      environment: { http_proxy: `localhost:${port}`, NO_PROXY: 'a.test' },
    });
    await send(`http://b.test:${fake.port}/v1`, { proxy: 'system' });
    expect(seen).toEqual([{ target: `b.test:${fake.port}`, authorization: undefined }]);
  });

  it.each<[string, string | undefined, string]>([
    [
      'wants a password',
      'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n',
      'password is missing or wrong',
    ],
    ['refuses', 'HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n', 'status 502'],
    ['speaks no HTTP', '220 smtp.test ready\r\n\r\n', 'did not answer in HTTP'],
    ['answers without end', `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(20_000)}`, 'too large'],
    [
      'answers for the upstream',
      'HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nx',
      'more than its own answer',
    ],
    ['closes', undefined, 'the proxy closed the connection'],
  ])('that %s: nothing was sent, and its password is not told', async (_name, answer, detail) => {
    const port = await listen(
      createTcpServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => (answer === undefined ? socket.end() : socket.write(answer)));
      }),
    );
    const { failure } = await send(fake.url, { proxy: `http://user:secret@localhost:${port}` });
    expect(failure).toMatchObject({ code: 'upstream_unreachable', where: 'not-sent' });
    expect(failure?.told.text).toContain(`through proxy localhost:${port}: `);
    expect(failure?.told.text).toContain(detail);
    expect(failure?.told.text).not.toContain('secret');
    expect(fake.requests).toEqual([]);
  });

  it('that cannot be reached', async () => {
    await fake.close();
    const { failure } = await send('http://name.test/', {
      proxy: `http://user:secret@localhost:${fake.port}`,
    });
    expect(failure).toMatchObject({
      code: 'upstream_unreachable',
      where: 'not-sent',
      told: { text: `through proxy localhost:${fake.port}: connection refused` },
    });
  });

  it('that stays silent is part of the time to connect', async () => {
    const server = createTcpServer();
    const port = await listen(server);
    const asked = new Promise<Socket>((resolve) =>
      server.once('connection', (socket: Socket) => socket.once('data', () => resolve(socket))),
    );
    const call = recordCall(upstream, upstreamRequest(fake.url, { proxy: `http://localhost:${port}` }));
    const socket = await asked;
    clock.step(10_000);
    await call.over;
    expect(call.failure).toMatchObject({ code: 'connect_timeout', where: 'not-sent' });
    await new Promise((resolve) => socket.once('close', resolve));
  });

  it('cannot lead to an address that is refused', async () => {
    const { port, seen } = await startProxy();
    const proxy = `http://localhost:${port}`;
    const { failure } = await send('http://169.254.169.254/', { proxy });
    expect(failure).toMatchObject({ code: 'upstream_address_refused', where: 'not-sent' });
    const refused = await send(fake.url, { proxy, allowPrivateNetwork: false });
    expect(refused.failure?.code).toBe('upstream_address_refused');
    expect(seen).toEqual([]);
  });
});
