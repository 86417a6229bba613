import { describe, expect, it } from 'vitest';
import { NO_SETTINGS, type CanonicalRequest } from '../core/canonical/request.ts';
import type { Turn } from '../core/canonical/parts.ts';
import { maskedBody } from './mask-body.ts';
import { queryLength } from './length.ts';
import { createSensitivePatterns } from './patterns.ts';

const request = (...turns: readonly Turn[]): CanonicalRequest => ({
  model: 'm',
  streamed: false,
  system: [{ kind: 'text', text: 'ten characters and more' }],
  turns,
  tools: [],
  settings: NO_SETTINGS,
});
const said = (...texts: readonly string[]): Turn => ({
  role: 'user',
  parts: texts.map((text) => ({ kind: 'text', text })),
});

describe('the length of a question', () => {
  const answer: Turn = { role: 'assistant', parts: [{ kind: 'text', text: 'a long answer' }] };
  const result: Turn = {
    role: 'user',
    parts: [
      {
        kind: 'tool-result',
        id: 'c',
        name: 't',
        content: [{ kind: 'text', text: 'much' }],
        failed: false,
        custom: false,
      },
    ],
  };
  it.each<readonly [string, readonly Turn[], number]>([
    ['nothing said', [], 0],
    ['one message', [said('hello')], 5],
    ['the last one alone', [said('hello there'), answer, said('and?')], 4],
    ['before an answer that is to be continued', [said('hello'), answer], 5],
    ['texts of one turn', [said('ab', 'cde')], 5],
    ['whole characters', [said('😀é漢')], 3],
    ['results of tools', [said('hello'), answer, result], 0],
  ])('%s', (_, turns, expected) => {
    expect(queryLength(request(...turns), 100)).toBe(expected);
  });

  it('counts no further than it has to', () => {
    expect(queryLength(request(said('x'.repeat(1_000_000))), 10)).toBe(11);
  });
});

function toEnd<Result>(going: Generator<undefined, Result>): Result {
  for (let turn = going.next(); ; turn = going.next()) if (turn.done === true) return turn.value;
}

describe('patterns', () => {
  type Given = Parameters<typeof createSensitivePatterns>[0];
  const found = (patterns: Given, texts: readonly string[]): readonly number[] =>
    toEnd(createSensitivePatterns(patterns).search(texts)).map(({ number }) => number);
  const masked = (patterns: Given, text: string): string =>
    toEnd(createSensitivePatterns(patterns, 'mask').masked(text));

  it('names the first pattern that is found', () => {
    expect(found(['secret', '/EXEC\\s*\\(/i'], ['all is well', 'exec (rm)'])).toEqual([2]);
    expect(found(['secret', 'exec'], ['all is well'])).toEqual([]);
    expect(found([], ['secret'])).toEqual([]);
  });
  it('goes on behind those that do not refuse, and to the end where something may have to be masked', () => {
    const warns = { pattern: 'a', action: 'warn' } as const;
    const masks = { pattern: 'c', action: 'mask' } as const;
    expect(found([warns, 'b'], ['a', 'b', 'a'])).toEqual([1, 2]);
    expect(found(['b', warns, masks], ['b', 'a', 'c'])).toEqual([1, 2, 3]);
  });
  it('a match across two pieces is found, one across two texts is not', () => {
    expect(found(['secret'], [`${'x'.repeat(1_021)}secret`])).toEqual([1]);
    expect(found(['secret'], ['sec', 'ret'])).toEqual([]);
  });
  it('a long text can be interrupted', () => {
    const search = createSensitivePatterns(['b']).search(['a'.repeat(100_000)]);
    expect([...search].length).toBe(99);
  });
  it('puts a placeholder in each place, with the name where there is one', () => {
    expect(masked(['\\d{3,}', { pattern: 'key-\\w+', name: 'our key' }], '123 and 12345, key-abc 12')).toBe(
      '[masked] and [masked], [masked our key] 12',
    );
    expect(masked([{ pattern: '\\d+', action: 'warn' }], '123')).toBe('123');
  });

  it.each([
    [
      'a message',
      '{"model":"m-123","messages":[{"role":"user","content":"a 123"}]}',
      '"model":"m-123","messages":[{"role":"user","content":"a [masked]"}',
    ],
    [
      'escapes, kept elsewhere as they are',
      '{"a":"\\u00e9","text":"\\u0031\\u0032\\u0033\\n\\"x"}',
      '{"a":"\\u00e9","text":"[masked]\\n\\"x"}',
    ],
    [
      'no number that sets something',
      '{"max_tokens":1234,"input":"1234"}',
      '{"max_tokens":1234,"input":"[masked]"}',
    ],
    [
      'arguments of a tool, which stay JSON',
      '{"messages":[{"tool_calls":[{"id":"c123","function":{"name":"f123","arguments":"{\\"card\\":41111,\\"id\\":\\"x123\\",\\"n\\":1}"}}]}]}',
      '"id":"c123","function":{"name":"f123","arguments":"{\\"card\\":\\"[masked]\\",\\"id\\":\\"x[masked]\\",\\"n\\":1}"}',
    ],
    [
      'an input of a tool',
      '{"messages":[{"content":[{"type":"tool_use","id":"t123","input":{"a":[4111,"n 123"],"name":"123"}}]}]}',
      '"id":"t123","input":{"a":["[masked]","n [masked]"],"name":"[masked]"}',
    ],
    [
      'arguments of a tool behind escapes, half a character among them',
      '{"messages":[{"tool_calls":[{"function":{"arguments":"{\\"a\\":\\"\\\\u0031\\\\u0032\\\\u0033 \\\\ud83d\\"}"}}]}]}',
      '"arguments":"{\\"a\\":\\"[masked] \\\\ud83d\\"}"',
    ],
    [
      'a result of a tool that is JSON, with what only its text shows',
      '{"messages":[{"role":"tool","content":"{\\"a\\":\\"\\\\n123\\",\\"id\\":\\"x12\\",\\"k456\\":1}"}]}',
      '"content":"{\\"a\\":\\"\\\\n[masked]\\",\\"id\\":\\"x12\\",\\"k[masked]\\":1}"',
    ],
    [
      'a document that is text, where its bytes would stand',
      '{"content":[{"type":"document","source":{"type":"text","data":"my 123"}}]}',
      '"source":{"type":"text","data":"my [masked]"}',
    ],
    [
      'parts of a result, and not what they are',
      '{"input":[{"type":"function_call_output","call_id":"c123","output":[{"type":"t123","text":"a 123","n":123}]}]}',
      '"call_id":"c123","output":[{"type":"t123","text":"a [masked]","n":123}]',
    ],
    [
      'arguments in another format',
      '{"contents":[{"parts":[{"functionCall":{"name":"f123","args":{"a":1234}}}]}]}',
      '{"name":"f123","args":{"a":"[masked]"}}',
    ],
    [
      'no schema but its words',
      '{"tools":[{"parameters":{"properties":{"input":{"maxLength":1234,"description":"like 1234"}}}}]}',
      '{"maxLength":1234,"description":"like [masked]"}',
    ],
    [
      'no picture',
      '{"content":[{"image_url":{"url":"data:image/png;base64,AAA123"}},{"source":{"data":"123"}}]}',
      '"data:image/png;base64,AAA123"}},{"source":{"data":"123"}}',
    ],
  ])('in a body: %s', (_case, body, expected) => {
    const patterns = createSensitivePatterns(['\\d{3,}'], 'mask');
    const result = Buffer.from(toEnd(maskedBody(Buffer.from(body), patterns.masked))).toString();
    expect(result).toContain(expected);
    expect(() => void JSON.parse(result)).not.toThrow();
  });

  it('a body with nothing to mask is the very same', () => {
    const body = Buffer.from('{"text":"fine"}');
    expect(toEnd(maskedBody(body, createSensitivePatterns(['\\d'], 'mask').masked))).toBe(body);
  });
});
