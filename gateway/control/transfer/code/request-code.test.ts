import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { CODE_KINDS } from '../../../../contract/rpc/transfer-formats.ts';
import { requestRow } from '../../../testing/request-row.ts';
import { requestCode } from './request-code.ts';

const ADDRESS = 'http://127.0.0.1:8080';
const SDKS = fileURLToPath(new URL('../../../testing/python-sdks.py', import.meta.url));
const hasPython = spawnSync('python3', ['--version']).status === 0;

const codeOf = (kind: (typeof CODE_KINDS)[number], path: string, body: unknown, row: object = {}): string =>
  requestCode(
    kind,
    {
      row: requestRow({ sequence: 1, path, streamed: false, ...row }),
      body: typeof body === 'string' ? body : JSON.stringify(body),
    },
    ADDRESS,
  );

const HOSTILE = `"'''\\ \n\u0000\u2028 {x} %s 😀 """`;
const messages = [{ role: 'user', content: HOSTILE }];

interface Asked {
  readonly client: object;
  readonly method: string;
  readonly arguments: object;
}

const GEMINI_BODY = {
  contents: [{ role: 'user', parts: [{ text: HOSTILE }] }],
  systemInstruction: { parts: [{ text: 'x' }] },
  generationConfig: { temperature: 0.5 },
};

const CALLS: readonly (readonly [path: string, method: string, body: object, base: string])[] = [
  [
    '/v1/chat/completions',
    'chat.completions.create',
    { model: "it's", messages, seed: 1, own: { a: [null, true, -1.5e-7] } },
    '/v1',
  ],
  [
    '/v1/responses',
    'responses.create',
    { input: HOSTILE, stream: true, reasoning: { effort: 'low' } },
    '/v1',
  ],
  ['/v1/completions', 'completions.create', { prompt: HOSTILE, 'not a name': 1, class: 2 }, '/v1'],
  ['/v1/embeddings', 'embeddings.create', { input: [HOSTILE] }, '/v1'],
  [
    '/v1/messages?beta=true',
    'messages.create',
    { messages, max_tokens: 5, thinking: { type: 'disabled' }, container: 'c' },
    '',
  ],
];

// One process for all: starting Python takes longer than everything it does here.
describe.skipIf(!hasPython)('a Python program', () => {
  let asked: readonly Asked[] = [];
  beforeAll(() => {
    const programs = [
      ...CALLS.map(([path, , body]) => codeOf('python', path, body)),
      codeOf('python', '/v1beta/models/google%2Fgemini-2.5-pro:streamGenerateContent?alt=sse', GEMINI_BODY),
      codeOf('python', '/api/chat', { messages }),
    ];
    const { stdout, stderr } = spawnSync('python3', [SDKS], {
      input: JSON.stringify(programs),
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] },
    });
    expect(stderr.replaceAll('null\n', '')).toBe('');
    asked = JSON.parse(stdout);
  });

  it.each(CALLS.map(([path, method, body, base], index) => ({ path, method, body, base, index })))(
    'for $path calls $method with the same body',
    ({ method, body, base, index }) => {
      const told = asked[index];
      expect(told?.client).toEqual({ base_url: `${ADDRESS}${base}`, api_key: 'local' });
      expect(told?.method).toBe(method);
      const { extra_body: extra, ...named } = { extra_body: {}, ...told?.arguments };
      expect({ ...named, ...extra }).toEqual(body);
    },
  );

  it('for Gemini has settings and instructions in one place', () => {
    expect(asked[CALLS.length]).toEqual({
      client: { api_key: 'local', http_options: { base_url: ADDRESS } },
      method: 'models.generate_content_stream',
      arguments: {
        model: 'google/gemini-2.5-pro',
        contents: GEMINI_BODY.contents,
        config: { temperature: 0.5, systemInstruction: GEMINI_BODY.systemInstruction },
      },
    });
  });

  it('for anything else needs no SDK', () => {
    expect(asked).toHaveLength(CALLS.length + 2);
    expect(codeOf('python', '/api/chat', { messages })).toContain(`"${ADDRESS}/api/chat"`);
  });
});

it.each(CODE_KINDS)('%s never asks another host, whatever a row of a file says', (kind) => {
  for (const path of ['@evil.example/v1/x', '//evil.example/', '\\\\evil.example', ':80@evil.example/', '']) {
    const hosts = codeOf(kind, path, {}).match(/https?:\/\/[^\s'"]+/g) ?? [];
    expect(hosts.length).toBeGreaterThan(0);
    for (const host of hosts) expect(new URL(host).origin).toBe(ADDRESS);
  }
});

it('has no header with line ends, nor one with a credential', () => {
  const requestHeaders = {
    'anthropic-beta': 'a\r\nx: y',
    'anthropic-version': '1',
    'x-api-key': 'sk-1',
    cookie: 'a',
  };
  const text = codeOf('curl', '/v1/messages', {}, { requestHeaders });
  expect(text.match(/-H .*/g)).toEqual([
    `-H 'content-type: application/json' \\`,
    `-H 'anthropic-version: 1' \\`,
    `-H "Authorization: Bearer \${SWITCHYARD_API_KEY:-local}" \\`,
  ]);
});

it('keeps the digits of long numbers, and a member named as the prototype', () => {
  const body = '{"model":"m","seed":12345678901234567890,"__proto__":{"a":1}}';
  expect(codeOf('python', '/v1/chat/completions', body)).toContain('seed=12345678901234567890');
  expect(codeOf('typescript', '/v1/chat/completions', body)).toContain('["__proto__"]: {');
});

it('refuses a body that is too deep', () => {
  const body = `{"model":"m","messages":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
  expect(() => codeOf('typescript', '/v1/chat/completions', body)).toThrow(RangeError);
});
