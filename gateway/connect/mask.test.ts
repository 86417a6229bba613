import { describe, expect, it } from 'vitest';
import { masked, maskText } from './mask.ts';

describe('masked', () => {
  it.each([
    ['sy-0123456789abcdefa1b2', 'sy-••••a1b2'],
    ['sk-ant-api03-abcdefgh', 'sk-••••efgh'],
    ['0123456789abcdef', '••••cdef'],
    ['short', '••••'],
    ['', '••••'],
  ])('%s', (secret, shown) => {
    expect(masked(secret)).toBe(shown);
  });
});

describe('maskText', () => {
  it.each([
    ['a member of JSON', '"ANTHROPIC_API_KEY": "abcdefgh12345678"', '"ANTHROPIC_API_KEY": "••••5678"'],
    ['a quote inside', '"token": "ab\\"cdefgh12345678" ,', '"token": "••••5678" ,'],
    ['TOML', 'experimental_bearer_token = "abcdefgh12345678"', 'experimental_bearer_token = "••••5678"'],
    ['YAML without quotes', '  apiKey: abcdefgh12345678 # mine', '  apiKey: ••••5678 # mine'],
    ['single quotes', "openai-api-key: 'abcdefgh12345678'", "openai-api-key: '••••5678'"],
    ['a line of dotenv', 'GEMINI_API_KEY=abcdefgh12345678\r\nX=1', 'GEMINI_API_KEY=••••5678\r\nX=1'],
    ['a password of few letters', 'password: tiger', 'password: ••••'],
    ['by its looks', '"note": "use sk-proj-abcdefgh12345678"', '"note": "use sk-••••5678"'],
    ['of Google', 'x = AIzaSyA1234567890abcdefgh', 'x = ••••efgh'],
    ['in an address', 'http://me:secret@host/?key=abc&x=1', 'http://••••@host/?key=••••&x=1'],
    ['a header inside a value', '"H": "X-Api-Key: abcdefgh12345678"', '"H": "X-Api-Key: ••••5678"'],
    ['a bearer', '"Authorization": "Bearer abcdefgh12345678"', '"Authorization": "Bearer ••••5678"'],
    ['a bare authorization', 'Authorization: abcdefgh12345678', 'Authorization: ••••5678'],
    ['two words in one', '"awsSecretKey": "abcdefgh12345678"', '"awsSecretKey": "••••5678"'],
    ['a member of any name', '"X-Foo": "abcdefgh1234567890abcd"', '"X-Foo": "••••abcd"'],
    ['a program with a key', 'helper = "/bin/echo abcdefgh1234567890abcd"', 'helper = "/bin/echo ••••abcd"'],
    ['a password with brackets', 'password: ab[cd{ef', 'password: ••••'],
    ['a folded text', 'apiKey: >-\n  abcdefgh12345678\nb: 1', 'apiKey: >-\n  ••••5678\nb: 1'],
    ['a value on the next line', 'apiKey:\r\n  abcdefgh12345678', 'apiKey:\r\n  ••••5678'],
    [
      'a list',
      'api-key:\n  - gemini=abcdefgh12\n  - b=secret\nc: 1',
      'api-key:\n  - ••••gh12\n  - ••••\nc: 1',
    ],
    ['an unindented list', 'api-key:\n- gemini=abcdefgh12\nc: 1', 'api-key:\n- ••••gh12\nc: 1'],
    ['a list of JSON', '"apiKeys": [\n  "abcdefgh12"\n],\n"b": 1', '"apiKeys": [\n  "••••"\n],\n"b": 1'],
    ['a list in one line', 'apiKeys: ["abcdefgh12", other] # c', 'apiKeys: ["••••", ••••] # c'],
  ])('%s', (_, text, shown) => {
    expect(maskText(text)).toBe(shown);
  });

  it.each([
    '"max_tokens": 4096',
    'token: 123456',
    'apiKey: ${OPENAI_API_KEY}',
    'apiKey: $OPENAI_API_KEY',
    '"apiKey": "{env:OPENAI_API_KEY}"',
    'env_key = "OPENAI_API_KEY"',
    '"ANTHROPIC_AUTH_TOKEN": "local"',
    '"ANTHROPIC_API_KEY": ""',
    '{ "key": "ctrl-shift-p", "command": "open" }',
    '"tokenizer": "cl100k_base_12345678"',
    '"model": "anthropic/claude-sonnet-4-5"',
    'task-runner-configuration: on',
    '"model": "Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8"',
    '"token": {\n  "source": "env"\n}',
    'api-key:\nmodel: gpt-4o',
  ])('leaves %s', (text) => {
    expect(maskText(text)).toBe(text);
  });

  it('takes out values it is told of wherever they stand, the longer first', () => {
    expect(maskText('a: secret-one-two, b: secret-one', ['secret-one', 'secret-one-two'])).toBe(
      'a: ••••-two, b: ••••',
    );
  });

  it('keeps every line in its place', () => {
    const text = '{\r\n  "token": "abcdefgh12345678",\r\n  "b": 1\r\n}';
    expect(maskText(text).split('\n')).toHaveLength(4);
  });

  it.each(['"token": "', '"a": "'])('stays quick with a long line (%s)', (start) => {
    const text = `${start}${'a\\"'.repeat(100_000)}`;
    expect(maskText(text).length).toBeLessThanOrEqual(text.length);
  });

  it.each(['x', 'a_', 'a.', '-', 'api_key', 'secretKey: ', 'apiKeys: [', 'token:\n', 'key: |\n x  '])(
    'stays quick with a long word of %j',
    (part) => {
      const text = `{ "blob": "${part.repeat(100_000)}" }\ntoken:${' '.repeat(100_000)}x${' '.repeat(100_000)}y`;
      expect(maskText(text).length).toBeGreaterThan(0);
    },
  );
});
