/** Requests that two parsers could read differently, and heads that are bombs. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRaw, requestText, sendRaw, startTestApp, statusOf, type TestApp } from '../testing/http-app.ts';

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp();
});
afterEach(() => app.stop());

const answers = (received: string): number => received.split('HTTP/1.1 ').length - 1;

describe('ambiguous requests', () => {
  const hidden = 'GET /v1/models HTTP/1.1\r\nHost: HOST\r\n\r\n';
  const chunked = `0\r\n\r\n${hidden}`;
  const cases: readonly (readonly [string, readonly string[], string, number])[] = [
    ['both lengths', ['Content-Length: 6', 'Transfer-Encoding: chunked'], chunked, 400],
    ['both lengths, other order', ['Transfer-Encoding: chunked', 'Content-Length: 6'], chunked, 400],
    ['length twice, unequal', ['Content-Length: 2', 'Content-Length: 50'], `{}${hidden}`, 400],
    ['length twice, equal', ['Content-Length: 2', 'Content-Length: 2'], `{}${hidden}`, 400],
    ['length as a list', ['Content-Length: 2, 2'], `{}${hidden}`, 400],
    ['length with a sign', ['Content-Length: +2'], `{}${hidden}`, 400],
    ['negative length', ['Content-Length: -2'], `{}${hidden}`, 400],
    ['hexadecimal length', ['Content-Length: 0x2'], `{}${hidden}`, 400],
    ['unknown transfer encoding', ['Transfer-Encoding: xchunked'], chunked, 400],
    ['chunked not last', ['Transfer-Encoding: chunked, identity'], chunked, 400],
    ['space before the colon', ['Content-Length : 2'], `{}${hidden}`, 400],
    ['folded header', ['X-Note: a\r\n Content-Length: 2'], `{}${hidden}`, 400],
    ['NUL in a value', ['X-Note: a\u0000b', 'Content-Length: 2'], '{}', 400],
    ['bare LF between headers', ['X-Note: a\nContent-Length: 2'], `{}${hidden}`, 400],
    ['bare CR in a value', ['X-Note: a\rContent-Length: 2'], `{}${hidden}`, 400],
    ['chunk size with garbage', ['Transfer-Encoding: chunked'], '2x\r\n{}\r\n0\r\n\r\n', 400],
    [
      'huge chunk extension',
      ['Transfer-Encoding: chunked'],
      `2;${'e'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
      413,
    ],
    ['header name with a slash', ['X/Note: a'], '', 400],
  ];

  it.each(cases)('%s', async (_name, headers, body, status) => {
    const host = `127.0.0.1:${app.port}`;
    const head = [
      'POST /v1/chat/completions HTTP/1.1',
      `Host: ${host}`,
      'Content-Type: application/json',
      ...headers,
    ];
    const received = await sendRaw(app.port, `${head.join('\r\n')}\r\n\r\n${body.replaceAll('HOST', host)}`);
    expect(statusOf(received)).toBe(status);
    expect(answers(received)).toBe(1);
    expect(received).toContain('"error"');
    // Neither the request nor one hidden in it got through.
    expect(app.ran).toEqual([]);
  });
});

describe('heads that are bombs', () => {
  it.each([
    ['one value of 40 KB', [['X-Note', 'x'.repeat(40_000)] as const]],
    ['3,000 headers', Array.from({ length: 3_000 }, (_, index) => [`X-${index}`, '1'] as const)],
    ['201 headers', Array.from({ length: 201 }, (_, index) => [`X-${index}`, '1'] as const)],
  ])('%s: 431 with a sentence', async (_name, headers) => {
    const received = await sendRaw(app.port, requestText(app.port, 'GET', '/v1/models', headers));
    expect(statusOf(received)).toBe(431);
    expect(received).toContain('"code":"headers_too_large"');
    expect(received).toMatch(/x-request-id: req_/i);
  });

  it('a target of 40 KB is one too', async () => {
    const received = await sendRaw(app.port, requestText(app.port, 'GET', `/${'x'.repeat(40_000)}`));
    expect(statusOf(received)).toBe(431);
  });

  it('a large but allowed head passes', async () => {
    const headers = Array.from({ length: 150 }, (_, index) => [`X-${index}`, 'x'.repeat(100)] as const);
    expect(statusOf(await sendRaw(app.port, requestText(app.port, 'GET', '/v1/models', headers)))).toBe(200);
  });
});

describe('what is not HTTP', () => {
  it.each([
    ['garbage', 'hello\r\n\r\n'],
    ['the first bytes of TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000'],
    ['HTTP/2 without asking', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['HTTP/9', 'GET / HTTP/9.9\r\nHost: x\r\n\r\n'],
    ['a control character in the target', 'GET /\u0001 HTTP/1.1\r\nHost: x\r\n\r\n'],
  ])('%s is answered once with 400', async (_name, bytes) => {
    const received = await sendRaw(app.port, bytes);
    expect(statusOf(received)).toBe(400);
    expect(answers(received)).toBe(1);
    expect(received).toContain('"code":"invalid_request"');
  });

  it('garbage behind a good request does not end up in its answer', async () => {
    const started = Promise.withResolvers<null>();
    const finish = Promise.withResolvers<null>();
    const slow = await startTestApp({
      async chat({ response }) {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('data: first\n\n');
        started.resolve(null);
        await finish.promise;
        response.end('data: last\n\n');
      },
    });
    const connection = openRaw(slow.port);
    const headers = [
      ['Content-Type', 'application/json'],
      ['Connection', 'keep-alive'],
    ] as const;
    connection.socket.write(requestText(slow.port, 'POST', '/v1/chat/completions', headers, '{}'));
    await started.promise;
    await connection.until('first');
    connection.socket.write('this is garbage\r\n\r\n');
    const received = await connection.closed;
    finish.resolve(null);
    expect(answers(received)).toBe(1);
    expect(received).not.toContain('400');
    // The cut is visible: the last chunk is missing.
    expect(received).not.toMatch(/0\r\n\r\n$/);
    await slow.stop();
  });
});
