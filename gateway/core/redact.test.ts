import { describe, expect, it } from 'vitest';
import { createRedactor, REDACTED } from './redact.ts';

const SECRET = 'sk-proj-Ab3+x/9"z_Q';
const redactor = createRedactor([SECRET]);
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('a registered secret', () => {
  const shapes: readonly (readonly [string, string])[] = [
    ['raw', SECRET],
    ['in JSON', JSON.stringify(SECRET).slice(1, -1)],
    ['in JSON in JSON', JSON.stringify(JSON.stringify(SECRET)).slice(3, -3)],
    ['with the slash escaped', SECRET.replace('/', '\\/').replace('"', '\\"')],
    ['with JSON code points', SECRET.replace('/', '\\u002F').replace('+', '\\u002b').replace('"', '\\u0022')],
    [
      'with letters as JSON code points',
      `\\u0073${SECRET.slice(1).replace('z', '\\\\u007A').replace('"', '\\"')}`,
    ],
    ['URL-encoded', encodeURIComponent(SECRET)],
    [
      'URL-encoded in lower case',
      encodeURIComponent(SECRET).toLowerCase().replace('proj-ab3', 'proj-Ab3').replace(/z_q$/, 'z_Q'),
    ],
  ];
  it.each(shapes)('is found %s', (_name, shape) => {
    expect(redactor.text(`before ${shape} after`)).toBe(`before ${REDACTED} after`);
  });

  it.each(['', 'u', 'us', 'use', 'user', 'user:'])('is found in base64 behind %j', (prefix) => {
    const clean = redactor.text(`x ${base64(`${prefix}${SECRET}:tail`)} y`);
    expect(clean).toContain(REDACTED);
    const rest = Buffer.from(clean.replace('x ', '').replace(' y', '').replace(REDACTED, ''), 'base64');
    expect(rest.toString('latin1')).not.toContain('proj');
  });

  it('is found in URL-safe base64', () => {
    const secret = '>>>???~~~secret';
    const encoded = Buffer.from(secret).toString('base64url');
    expect(encoded).toMatch(/[-_]/);
    expect(createRedactor([secret]).text(encoded)).toMatch(/^\[redacted\].?$/);
  });

  it('is found with line breaks and letters beyond ASCII', () => {
    const secret = 'pass wörd\n🔑 line';
    const own = createRedactor([secret]);
    for (const shape of [
      secret,
      JSON.stringify(secret),
      encodeURIComponent(secret),
      'pass\\u0020w\\u00F6rd\\n\\ud83d\\udd11 line',
    ])
      expect(own.text(shape)).toMatch(/^"?\[redacted\]"?$/);
  });

  it('is taken whole when another secret is its beginning', () => {
    const own = createRedactor(['secret-one', 'secret-one-longer']);
    expect(own.text('a secret-one-longer b')).toBe(`a ${REDACTED} b`);
  });

  it('is found every time', () => {
    expect(redactor.text(`${SECRET}${SECRET}`)).toBe(REDACTED + REDACTED);
    expect(redactor.text(SECRET)).toBe(REDACTED);
  });

  it('of fewer than eight characters counts only where it stands alone', () => {
    const own = createRedactor(['ollama', 'abc']);
    expect(own.text('ollama/llama3 runs on ollama, abc')).toBe('ollama/llama3 runs on ollama, abc');
    expect(own.text('{"key":"ollama"} Bearer ollama')).toBe(`{"key":"${REDACTED}"} Bearer ${REDACTED}`);
    expect(own.text('ollama')).toBe(REDACTED);
  });
});

describe('a field known to hold a credential', () => {
  const redactNothing = createRedactor([]);
  const cases: readonly (readonly [string, string])[] = [
    ['{"api_key":"abc","n":1}', '{"api_key":"[redacted]","n":1}'],
    ['{"apiKey" : "a\\"b\\\\", "n":1}', '{"apiKey" : "[redacted]", "n":1}'],
    ['{"Authorization":"Bearer abc"}', '{"Authorization":"[redacted]"}'],
    ['{"password":"hunter2"}', '{"password":"[redacted]"}'],
    ['{"set-cookie":"sid=1; Path=/"}', '{"set-cookie":"[redacted]"}'],
    ['{"password":"cut in the mid', '{"password":"[redacted]'],
    [
      '{"arguments":"{\\"api_key\\":\\"a\\\\\\"b\\",\\"n\\":1}"}',
      '{"arguments":"{\\"api_key\\":\\"[redacted]\\",\\"n\\":1}"}',
    ],
    ['authorization: Bearer abc.def-1', 'authorization: [redacted]'],
    ['curl -H "x-api-key: abc" http://h', 'curl -H "x-api-key: [redacted]" http://h'],
    ["{ authorization: 'Bearer abc' }", "{ authorization: '[redacted]' }"],
    ['proxy-authorization: Basic dXNlcg==', 'proxy-authorization: [redacted]'],
    ['Cookie: sid=1; theme=dark\nAccept: */*', 'Cookie: [redacted]\nAccept: */*'],
    ['GET /v1beta/models?key=AIza123&alt=sse', 'GET /v1beta/models?key=[redacted]&alt=sse'],
  ];
  it.each(cases)('%s', (text, expected) => {
    expect(redactNothing.text(text)).toBe(expected);
  });

  it.each([
    '{"password":{"type":"string"},"max_tokens":12,"api_key":null,"password":""}',
    'My favourite cookie: chocolate chip, what is yours?',
    'the authorization header and the api key page',
    'monkey=1&x=2',
  ])('leaves alone: %s', (text) => {
    expect(redactNothing.text(text)).toBe(text);
  });

  const names = [
    ...[
      'proxy-authorization',
      'authorization',
      'x-goog-api-key',
      'x-api-key',
      'api-key',
      'set-cookie',
      'cookie',
    ],
    ...[
      'api_key',
      'apikey',
      'password',
      'passwd',
      'client_secret',
      'clientsecret',
      'secret_key',
      'secretkey',
    ],
    ...['access_token', 'accesstoken', 'refresh_token', 'refreshtoken'],
  ];
  it.each(names.flatMap((name) => [name, name.toUpperCase()]))('finds %s, alone in its text', (name) => {
    expect(redactNothing.text(`{"${name}":"abc"}`)).toBe(`{"${name}":"[redacted]"}`);
  });

  it.each(['?key', '&key', '?api_key', '&apikey', '?access_token', '&token'])('finds %s=', (name) => {
    expect(redactNothing.text(`GET /a${name}=abc`)).toBe(`GET /a${name}=[redacted]`);
  });

  it('gives the same answer twice', () => {
    for (const [text] of cases) {
      const once = redactNothing.text(text);
      expect(redactNothing.text(once)).toBe(once);
    }
  });
});

/** Each is repeated to 2 MB, the longest body that is kept; what looks at a text more than once would need an hour. */
it.each([
  ...['\\', '"', '"password"', '"password" :', '\\"password\\"'],
  ...['cookie:', 'cookie: ', 'cookie:x', 'set-cookie: a', 'cookie=', "cookie'", 'cookie:\t', 'Cookie, '],
  ...['authorization', 'authorization: ', 'api-key', 'x-', '?key', '&token=', ' '],
])('stays linear on long runs of %j', (piece) => {
  const own = createRedactor(['/secret-value/']);
  const hostile = piece.repeat(Math.ceil(2_000_000 / piece.length));
  expect(own.text(hostile).length).toBeLessThan(2 * hostile.length);
});
