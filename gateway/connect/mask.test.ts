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

  it('stays quick with a long line', () => {
    const text = `"token": "${'a\\"'.repeat(100_000)}`;
    expect(maskText(text).length).toBeLessThanOrEqual(text.length);
  });
});
