import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyParts } from './body-parts.ts';

/** Each part as `kind text`. */
function found(body: string): readonly string[] {
  const bytes = Buffer.from(body);
  return bodyParts(bytes).map(({ start, end, kind }) => `${kind} ${bytes.toString('utf8', start, end)}`);
}

describe('finds each message, the instructions and the tools', () => {
  it.each([
    [
      'OpenAI chat',
      '{"model":"m","messages":[{"role":"system","content":"S"}, {"role":"user","content":"\\"}]"}],"tools":[{"type":"function"}],"stream":true}',
      [
        'message {"role":"system","content":"S"}',
        'message {"role":"user","content":"\\"}]"}',
        'tools [{"type":"function"}]',
      ],
    ],
    [
      'Responses with a text',
      '{"instructions":"be brief","input":"hi"}',
      ['instructions "be brief"', 'message "hi"'],
    ],
    [
      'Anthropic',
      '{ "system" : [ { "text":"S" } ] ,\n "messages" : [ { "a":[1,{}] }\n,\t{ "b":2 } ] }',
      ['instructions [ { "text":"S" } ]', 'message { "a":[1,{}] }', 'message { "b":2 }'],
    ],
    [
      'Gemini',
      '{"contents":[{"parts":[{"text":"é"}]}],"systemInstruction":{"parts":[]}}',
      ['message {"parts":[{"text":"é"}]}', 'instructions {"parts":[]}'],
    ],
    ['texts to be embedded', '{"input":["a","b"]}', ['message ["a","b"]']],
    ['an escape before the quote', '{"prompt":"a\\\\","tools":[]}', ['message "a\\\\"', 'tools []']],
  ])('%s', (_name, body, parts) => {
    expect(found(body)).toEqual(parts);
  });
});

describe('what makes no sense ends the search', () => {
  it.each([
    ['nothing', '', []],
    ['no object', '[{"messages":[{}]}]', []],
    ['a message cut short', '{"messages":[{"a":1},{"b":"', ['message {"a":1}']],
    ['no colon', '{"messages" [{"a":1}]}', []],
    ['names of other levels', '{"a":{"messages":[{}]},"model":"messages"}', []],
    ['nothing in the list', '{"messages":[],"tools":null}', []],
    ['too many brackets', '{"a":1]],"messages":[{}]}', []],
    ['both twice', '{"messages":[{}],"messages":[{}]}', ['message {}', 'message {}']],
  ])('%s', (_name, body, parts) => {
    expect(found(body)).toEqual(parts);
  });
});

it('ranges are in order, apart and inside, whatever the bytes are', () => {
  const token = fc.constantFrom(
    ...[
      '{',
      '}',
      '[',
      ']',
      '"',
      '\\',
      ',',
      ':',
      ' ',
      'x',
      '"messages":',
      '"tools":',
      '"input":[',
      '{"a":"b"}',
    ],
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 40 }), (tokens) => {
      const body = `{${tokens.join('')}`;
      let end = 0;
      for (const part of bodyParts(Buffer.from(body))) {
        expect(part.start).toBeGreaterThanOrEqual(end);
        expect(part.end).toBeGreaterThan(part.start);
        end = part.end;
      }
      expect(end).toBeLessThanOrEqual(body.length);
    }),
  );
});
