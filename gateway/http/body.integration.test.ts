/** Bodies that are too large, too slow, packed, or never end. */
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRaw, requestText, sendRaw, startTestApp, statusOf, type TestApp } from '../testing/http-app.ts';
import { BODY_LIMITS } from './read-body.ts';

const CHAT = '/v1/chat/completions';
/** To send tens of megabytes takes a busy machine longer than is waited in service. */
const LONG_LINGER = { time: 30_000, bytes: 67_108_864 };
const JSON_TYPE = ['Content-Type', 'application/json'] as const;

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp({
    bodyLimits: { bytes: 2_000_000, stall: 10_000, progress: 1_024 },
    lingerLimits: { time: 300, bytes: 8_000_000 },
  });
});
afterEach(() => app.stop());

const head = (headers: readonly (readonly [string, string])[], target = CHAT): string =>
  requestText(app.port, 'POST', target, [JSON_TYPE, ...headers]);

/** The body behind a head with its length. */
async function sendBody(
  body: Uint8Array,
  headers: readonly (readonly [string, string])[] = [],
): Promise<string> {
  const length = ['Content-Length', String(body.length)] as const;
  return sendRaw(app.port, Buffer.concat([Buffer.from(head([length, ...headers])), body]));
}

describe('size', () => {
  it('a body of 1 GB is refused by what it declares, before a byte of it', async () => {
    const received = await sendRaw(app.port, head([['Content-Length', '1000000000']]));
    expect(statusOf(received)).toBe(413);
    expect(received).toContain('"code":"body_too_large"');
    expect(received).toMatch(/connection: close/i);
    expect(app.ran).toEqual([]);
  });

  it('an endless chunked body is refused at the limit, and the sender is cut off', async () => {
    const connection = openRaw(app.port);
    connection.socket.write(head([['Transfer-Encoding', 'chunked']]));
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    const pump = (): void => {
      while (connection.socket.writable && connection.socket.write(chunk));
    };
    connection.socket.on('drain', pump);
    pump();
    expect(statusOf(await connection.closed)).toBe(413);
    expect(app.ran).toEqual([]);
  });

  it('the limit itself passes, one byte more does not', async () => {
    expect(statusOf(await sendBody(Buffer.alloc(2_000_000, 'x')))).toBe(200);
    expect(statusOf(await sendBody(Buffer.alloc(2_000_001, 'x')))).toBe(413);
  });

  it('32 MB is the limit in service, and a client that sends 33 MB gets to read so', async () => {
    expect(BODY_LIMITS.bytes).toBe(32 * 1_048_576);
    const served = await startTestApp({ lingerLimits: LONG_LINGER });
    const body = new Uint8Array(33 * 1_048_576).fill(120);
    const answer = await fetch(`http://127.0.0.1:${served.port}${CHAT}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(answer.status).toBe(413);
    expect(await answer.text()).toContain('32 MB');
    await served.stop();
  });

  it('a log-in, which anybody may send, is short', async () => {
    const text = requestText(app.port, 'POST', '/admin/login', [JSON_TYPE], 'x'.repeat(70_000));
    expect(statusOf(await sendRaw(app.port, text))).toBe(413);
  });

  it('an empty body reaches the route as such', async () => {
    expect(await sendRaw(app.port, head([]))).toContain('"bytes":0');
  });
});

describe('time', () => {
  /** Only where the stall itself is asked for: a busy machine can be slower than this. */
  const hurry = async (): Promise<void> => {
    await app.stop();
    app = await startTestApp({ bodyLimits: { bytes: 2_000_000, stall: 150, progress: 1_024 } });
  };

  it('a body that stops is answered with 408', async () => {
    await hurry();
    const received = await sendRaw(app.port, `${head([['Content-Length', '100']])}{"model"`);
    expect(statusOf(received)).toBe(408);
    expect(received).toContain('"code":"request_timeout"');
    expect(app.ran).toEqual([]);
  });

  it('a body that trickles is too: a byte now and then is no progress', async () => {
    await hurry();
    const connection = openRaw(app.port);
    connection.socket.write(head([['Content-Length', '100000']]));
    const drip = setInterval(() => connection.socket.write('x'), 20);
    const received = await connection.closed;
    clearInterval(drip);
    expect(statusOf(received)).toBe(408);
  });

  it('a client that leaves in the middle is logged as gone, and nothing runs', async () => {
    const connection = openRaw(app.port);
    connection.socket.write(`${head([['Content-Length', '100']])}{"model"`, () =>
      connection.socket.destroy(),
    );
    await connection.closed;
    await expect.poll(() => app.logged.join('\n')).toMatch(/"status":499,"code":"client_left"/);
    expect(app.ran).toEqual([]);
  });

  it('a client that asks first is told to go on, or spared the sending', async () => {
    const connection = openRaw(app.port);
    const expectation = ['Expect', '100-continue'] as const;
    connection.socket.write(head([['Content-Length', '2'], expectation]));
    await connection.until('100 Continue');
    connection.socket.write('{}');
    expect(await connection.closed).toContain('"bytes":2');
    const refused = await sendRaw(app.port, head([['Content-Length', '1000000000'], expectation]));
    expect(refused).not.toContain('100 Continue');
    expect(statusOf(refused)).toBe(413);
  });
});

describe('packed bodies', () => {
  const gzip = ['Content-Encoding', 'gzip'] as const;

  it('one layer of gzip is unpacked', async () => {
    const text = JSON.stringify({ text: 'word '.repeat(500) });
    expect(await sendBody(gzipSync(text), [gzip])).toContain(`"bytes":${text.length}`);
  });

  it.each([
    ['a bomb', gzipSync(Buffer.alloc(100_000_000)), 'gzip', 413, 'body_too_large'],
    ['a cut stream', gzipSync('{"model":"fast"}').subarray(0, -9), 'gzip', 400, 'invalid_request'],
    ['50 layers', Buffer.from('{}'), Array(50).fill('gzip').join(', '), 415, 'unsupported_encoding'],
    ['brotli', Buffer.from('{}'), 'br', 415, 'unsupported_encoding'],
    ['zstd', Buffer.from('{}'), 'zstd', 415, 'unsupported_encoding'],
  ])('%s is refused', async (_name, body, encoding, status, code) => {
    const received = await sendBody(body, [['Content-Encoding', encoding]]);
    expect(statusOf(received)).toBe(status);
    expect(received).toContain(`"code":"${code}"`);
    expect(app.ran).toEqual([]);
  });
});

describe('connections after an answer', () => {
  const keepAlive = ['Connection', 'keep-alive'] as const;

  it('are used again where the body was read, or there was none', async () => {
    const connection = openRaw(app.port);
    connection.socket.write(requestText(app.port, 'POST', CHAT, [JSON_TYPE, keepAlive], '{}'));
    await connection.until('"bytes":2');
    connection.socket.write(requestText(app.port, 'GET', '/nothing', [keepAlive]));
    await connection.until('"code":"not_found"');
    connection.socket.write(requestText(app.port, 'GET', '/health'));
    expect(await connection.closed).toContain('healthy');
  });

  it.each([
    ['a refused host', CHAT, [['Host', 'evil.com']], 403],
    ['a wrong type', CHAT, [['Content-Type', 'text/plain']], 415],
    ['an unknown path', '/nothing', [], 404],
    ['a route that reads nothing', '/health', [], 405],
  ] as const)('are closed where it was not: %s', async (_name, target, headers, status) => {
    const connection = openRaw(app.port);
    const given: readonly (readonly [string, string])[] = [
      ...headers,
      keepAlive,
      ['Content-Length', '100000'],
    ];
    const typed = given.some(([name]) => name === 'Content-Type') ? given : [JSON_TYPE, ...given];
    connection.socket.write(requestText(app.port, 'POST', target, typed));
    // The rest of the body never comes; the answer does, and the connection does not stay open for it.
    const received = await connection.closed;
    expect(statusOf(received)).toBe(status);
    expect(received).toMatch(/connection: close/i);
  });

  it('let a client that only reads after sending see the answer', async () => {
    const patient = await startTestApp({ lingerLimits: LONG_LINGER });
    const socket = connect({ port: patient.port, host: '127.0.0.1' });
    // Paused before anybody listens, or the first bytes would be read at once.
    socket.pause();
    let received = '';
    socket.on('data', (bytes: Buffer) => (received += bytes.toString()));
    socket.on('error', () => undefined);
    // More than the buffers of both ends take.
    const headers = [JSON_TYPE, ['Host', 'evil.com'], ['Content-Length', '30000000']] as const;
    socket.write(requestText(patient.port, 'POST', CHAT, headers));
    socket.write(Buffer.alloc(30_000_000, 'x'), () => socket.resume());
    await new Promise((resolve) => socket.once('close', resolve));
    expect(statusOf(received)).toBe(403);
    await patient.stop();
  });

  it('are closed where a body came with a route that takes none', async () => {
    const headers = [JSON_TYPE, keepAlive, ['Content-Length', '100000']] as const;
    const received = await sendRaw(app.port, requestText(app.port, 'GET', '/v1/models', headers));
    expect(statusOf(received)).toBe(200);
    expect(received).toMatch(/connection: close/i);
  });
});
