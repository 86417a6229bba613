/** Binding, limits on connections, and closing in time. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openRaw, requestText, sendRaw, startTestApp, statusOf } from '../testing/http-app.ts';
import type { Route } from './route.ts';
import type { Exchange } from '../core/exchange.ts';
import { isLoopbackHost } from '../core/loopback.ts';

/** Occupies a port as another program would. */
async function occupy(host: string, port = 0): Promise<{ port: number; free: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, free: () => new Promise((resolve) => server.close(() => resolve())) };
}

const hasIpv6 = await occupy('::1').then(
  async ({ free }) => {
    await free();
    return true;
  },
  () => false,
);

describe('binding', () => {
  it.runIf(hasIpv6)('localhost is both loopback addresses on one port', async () => {
    const app = await startTestApp({ host: 'localhost' });
    expect(app.listening.addresses).toEqual(['127.0.0.1', '::1']);
    for (const host of ['127.0.0.1', '[::1]']) {
      expect((await fetch(`http://${host}:${app.port}/v1/models`)).status).toBe(200);
    }
    await app.stop();
  });

  it.each(hasIpv6 ? ['127.0.0.1', '::1'] : ['127.0.0.1'])(
    'localhost is refused by name when %s is taken',
    async (host) => {
      const other = await occupy(host);
      const refused = startTestApp({ host: 'localhost', port: other.port });
      await expect(refused).rejects.toMatchObject({ code: 'port_taken' });
      await expect(refused).rejects.toThrow(new RegExp(`${other.port}.*--port, PORT or server\\.port`));
      await other.free();
      // Nothing was left bound.
      const app = await startTestApp({ host: 'localhost', port: other.port });
      expect(app.port).toBe(other.port);
      await app.stop();
    },
  );

  it('an address of another machine is named', async () => {
    await expect(startTestApp({ host: '192.0.2.1' })).rejects.toMatchObject({ code: 'address_unavailable' });
  });

  it.each([
    ['localhost', true],
    ['127.0.0.1', true],
    ['127.8.0.1', true],
    ['::1', true],
    ['[::1]', true],
    ['0.0.0.0', false],
    ['::', false],
    ['127.0.0.1.evil.com', false],
    ['192.168.1.1', false],
  ])('%s is loopback: %s', (host, expected) => {
    expect(isLoopbackHost(host)).toBe(expected);
  });
});

describe('connections that say nothing, or little', () => {
  it('are closed soon after the limit while others are served', async () => {
    const app = await startTestApp({ limits: { headTime: 1_500, checkInterval: 50 } });
    const silent = Array.from({ length: 200 }, () => openRaw(app.port));
    const slow = openRaw(app.port);
    slow.socket.write('GET /v1/models HTTP/1.1\r\n');
    const drip = setInterval(() => slow.socket.write('X-A: 1\r\n'), 40);
    expect(statusOf(await sendRaw(app.port, requestText(app.port, 'GET', '/v1/models')))).toBe(200);
    const closed = await Promise.all([slow, ...silent].map((connection) => connection.closed));
    clearInterval(drip);
    expect(closed.map(statusOf)).toEqual(closed.map(() => 408));
    expect(closed[0]).toContain('"code":"request_timeout"');
    await app.stop();
  });
});

describe('a page', () => {
  const bytes = 16_000_000;
  const large: Route = {
    method: 'GET',
    path: '/large',
    access: 'page',
    body: 'none',
    errors: 'control',
    handle(ctx) {
      ctx.body = Buffer.alloc(bytes);
    },
  };

  /** Bytes that come until the connection ends. @param rests ms without reading, behind a million bytes each */
  async function read(port: number, rests: readonly number[]): Promise<number> {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    socket.write(requestText(port, 'GET', '/large'));
    let received = 0;
    const left = [...rests];
    socket.on('data', (part: Buffer) => {
      received += part.length;
      if (received < 1_000_000 * (rests.length - left.length + 1)) return;
      const rest = left.shift();
      if (rest === undefined) return;
      socket.pause();
      setTimeout(() => socket.resume(), rest);
    });
    await once(socket, 'close');
    return received;
  }

  it('is taken slowly, or its connection is given up', async () => {
    const app = await startTestApp({ pageStall: 1_000, routes: [large] });
    const [slow, still] = await Promise.all([read(app.port, Array(15).fill(150)), read(app.port, [4_000])]);
    expect(slow).toBeGreaterThan(bytes);
    expect(still).toBeLessThan(bytes);
    await app.stop();
  });
});

describe('closing', () => {
  const chatText = (port: number): string =>
    requestText(
      port,
      'POST',
      '/v1/chat/completions',
      [
        ['Content-Type', 'application/json'],
        ['Connection', 'keep-alive'],
      ],
      '{}',
    );

  it('waits for the answer under way, not for idle or silent connections', async () => {
    const begun = Promise.withResolvers<Exchange>();
    const app = await startTestApp({
      chat(exchange) {
        exchange.response.writeHead(200, { 'content-type': 'text/event-stream' });
        exchange.response.write('data: first\n\n');
        begun.resolve(exchange);
        return new Promise((resolve) => exchange.response.on('close', resolve));
      },
    });
    const silent = openRaw(app.port);
    const idle = openRaw(app.port);
    idle.socket.write(requestText(app.port, 'GET', '/health', [['Connection', 'keep-alive']]));
    await idle.until('healthy');
    const streaming = openRaw(app.port);
    streaming.socket.write(chatText(app.port));
    await streaming.until('first');

    const closing = app.listening.close(60_000);
    await Promise.all([silent.closed, idle.closed]);
    const late = openRaw(app.port);
    expect(await late.closed).toBe('');
    const { response } = await begun.promise;
    response.end('data: last\n\n');
    expect(await streaming.closed).toMatch(/data: last\n\n\r\n0\r\n\r\n$/);
    await closing;
  });

  it('lets a slow client take an answer that was given as a whole', async () => {
    const bytes = 30_000_000;
    const given = Promise.withResolvers<null>();
    const app = await startTestApp({
      chat({ response }) {
        response.writeHead(200, { 'content-length': bytes });
        response.end(Buffer.alloc(bytes));
        given.resolve(null);
        return Promise.resolve();
      },
    });
    const slow = connect(app.port, '127.0.0.1').pause();
    slow.write(chatText(app.port));
    await given.promise;
    const closing = app.listening.close(60_000);
    let received = 0;
    slow.on('data', (part: Buffer) => (received += part.length)).on('error', () => undefined);
    slow.resume();
    await once(slow, 'close');
    expect(received).toBeGreaterThan(bytes);
    await closing;
  });

  it('ends what is left at the deadline', async () => {
    const app = await startTestApp({ chat: () => new Promise(() => undefined) });
    const stuck = openRaw(app.port);
    stuck.socket.write(chatText(app.port));
    await expect.poll(() => app.chats.length).toBe(1);
    await app.listening.close(50);
    expect(await stuck.closed).toBe('');
  });

  it('tells clients whose answer begins later not to use the connection again', async () => {
    const release = Promise.withResolvers<null>();
    const app = await startTestApp({
      async chat({ response }) {
        await release.promise;
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end('{}');
      },
    });
    const waiting = openRaw(app.port);
    waiting.socket.write(chatText(app.port));
    await expect.poll(() => app.chats.length).toBe(1);
    const closing = app.listening.close(60_000);
    release.resolve(null);
    expect(await waiting.closed).toMatch(/connection: close/i);
    await closing;
  });
});
