import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GatewayError } from './errors.ts';
import { MAX_DEPTH, scanBody, type TopLevelMember } from './scan-body.ts';

const scan = (text: string) => scanBody(Buffer.from(text));

function refusal(body: string | Uint8Array): GatewayError {
  try {
    scanBody(typeof body === 'string' ? Buffer.from(body) : body);
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error('the body was accepted');
}

function valueOf(text: string, member: TopLevelMember): string | undefined {
  const range = scan(text).members[member];
  return range && Buffer.from(text).subarray(range.start, range.end).toString();
}

describe('members', () => {
  test('are found with their exact bytes', () => {
    const text =
      ' { "model" : "gpt-5" ,"stream":true,\n"stream_options": {"include_usage" : true},"messages":[ {"model":"x"} ],"n":1e2}\r\n';
    expect(valueOf(text, 'model')).toBe('"gpt-5"');
    expect(valueOf(text, 'stream')).toBe('true');
    expect(valueOf(text, 'stream_options')).toBe('{"include_usage" : true}');
    expect(valueOf(text, 'messages')).toBe('[ {"model":"x"} ]');
    expect(valueOf(text, 'tools')).toBeUndefined();
  });

  test('of inner objects are not mistaken for those of the top level', () => {
    expect(scan('{"a":{"model":"inner"},"b":[{"model":1}]}').members).toEqual({});
  });

  test('are found under a name spelt with escapes', () => {
    expect(valueOf('{"mod\\u0065l":"x"}', 'model')).toBe('"x"');
    expect(valueOf(String.raw`{"\u0073\u0074\u0072\u0065\u0061\u006d":false}`, 'stream')).toBe('false');
  });

  test('multi-byte text in front does not shift them', () => {
    expect(valueOf('{"é😀":"ü","model":"m"}', 'model')).toBe('"m"');
  });

  test('a view into a larger buffer is read by its own offsets', () => {
    const whole = Buffer.from('xxxx{"mod\\u0065l":"m"}yyyy');
    expect(scanBody(whole.subarray(4, whole.length - 4)).members.model).toEqual({ start: 14, end: 17 });
  });

  test.each([
    ['{}', true, 1],
    [' { } ', true, 2],
    ['{"a":1}', false, 1],
    ['\n{\n"a":1}', false, 2],
  ])('%j: empty %s, insert at %i', (text, empty, insertAt) => {
    expect(scan(text)).toMatchObject({ empty, insertAt });
  });

  test('names with a meaning for objects stay bytes', () => {
    const body = scan('{"__proto__":{"model":"x"},"constructor":1,"toString":2,"hasOwnProperty":3}');
    expect(body.members).toEqual({});
    expect(Object.getPrototypeOf(body.members)).toBe(Object.prototype);
  });
});

describe('refusals', () => {
  test.each([
    ['', 'empty_body', /empty/],
    [' \r\n\t ', 'empty_body', /empty/],
    ['[{"model":"x"}]', 'invalid_request', /an array/],
    ['"text"', 'invalid_request', /a single value/],
    ['17', 'invalid_request', /a single value/],
    ['hello', 'invalid_json', /found "h" at byte 0 \(line 1, column 1\) where a JSON object was expected/],
    ['{"a":1', 'invalid_json', /ends after 6 bytes where "," or "}" was expected/],
    ['{"a":"b', 'invalid_json', /ends after 7 bytes where the end of a string/],
    ['{\n "a": 01}', 'invalid_json', /found "1" at byte 9 \(line 2, column 8\)/],
    ['{"a":1}x', 'invalid_json', /found "x" at byte 7 .* end of the body/],
    ['{"a":1,}', 'invalid_json', /found "}" at byte 7 .* member name in quotes/],
    ['{"a":[1,]}', 'invalid_json', /found "]" at byte 8 .* a value/],
    ["{'a':1}", 'invalid_json', /found "'" at byte 1/],
    ['{"a" 1}', 'invalid_json', /":" after the member name/],
    ['{"a":1]', 'invalid_json', /found "]"/],
    ['{"a":tru}', 'invalid_json', /where true was expected/],
    ['{"a":NaN}', 'invalid_json', /found "N"/],
    ['{"a":1.}', 'invalid_json', /a digit/],
    ['{"a":-}', 'invalid_json', /a digit/],
    ['{"a":1e+}', 'invalid_json', /a digit/],
    ['{"a":"\u0001"}', 'invalid_json', /the byte 0x01 at byte 6/],
    ['{"a":"\\x"}', 'invalid_json', /after the backslash/],
    ['{"a":"\\u12g4"}', 'invalid_json', /found "g" .* hexadecimal/],
    ['{"model":"a","model":"b"}', 'duplicate_member', /"model" stands twice .* byte 9 .* byte 21/],
    ['{"model":"a","mod\\u0065l":"b"}', 'duplicate_member', /"model" stands twice/],
    ['{"stream":true,"stream":false}', 'duplicate_member', /"stream" stands twice/],
    ['{"a":"\\ud800"}', 'invalid_unicode', /\\ud800 at byte 6 .* without its partner/],
    ['{"a":"\\uD83Dx"}', 'invalid_unicode', /\\ud83d/],
    ['{"a":"\\ud83d\\u0041"}', 'invalid_unicode', /\\ud83d/],
    ['{"a":"\\ude00"}', 'invalid_unicode', /\\ude00/],
    ['{"a":"\\ude00\\ude00"}', 'invalid_unicode', /\\ude00 at byte 6/],
    ['{"\\ud800":1}', 'invalid_unicode', /\\ud800/],
    ['\uFEFF{}', 'invalid_json', /byte order mark/],
  ])('%j: %s', (text, code, sentence) => {
    const error = refusal(text);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(sentence);
  });

  test.each([
    [[0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d], 'byte 2'],
    // a surrogate encoded as UTF-8
    [[0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x3a, 0x31, 0x7d], 'byte 2'],
    [[0x7b, 0x22, 0x61, 0xc3], 'byte 3'],
  ])('bytes that are not UTF-8: %j', (bytes, where) => {
    const error = refusal(Uint8Array.from(bytes));
    expect(error.code).toBe('invalid_unicode');
    expect(error.message).toContain(where);
  });

  test('an escaped pair is one character and fine', () => {
    expect(scan('{"a":"\\ud83d\\uDE00"}').empty).toBe(false);
  });

  test('depth is bounded, and a million brackets overflow no stack', () => {
    const nested = (levels: number): string => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    expect(scan(nested(MAX_DEPTH)).empty).toBe(false);
    expect(refusal(nested(MAX_DEPTH + 1)).code).toBe('body_too_deep');
    expect(refusal(`{"a":${'['.repeat(1_000_000)}`).code).toBe('body_too_deep');
    expect(refusal('{"a":'.repeat(1_000_000)).code).toBe('body_too_deep');
  });
});

describe('agreement with JSON.parse', () => {
  const EXTRA = new Set(['duplicate_member', 'invalid_unicode', 'body_too_deep']);

  /** What the gateway says beyond the grammar is not judged here. */
  function agrees(text: string): boolean {
    let parsed: unknown;
    let valid = true;
    try {
      parsed = JSON.parse(text);
    } catch {
      valid = false;
    }
    const isObject = valid && typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
    try {
      scan(text);
      return isObject;
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      if (EXTRA.has(error.code)) return true;
      return !isObject;
    }
  }

  test('on any JSON', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.json(), (one, two) => agrees(`{"a":${one},"b":${two}}`)),
    );
    fc.assert(fc.property(fc.json(), agrees));
  });

  test('on JSON with random changes', () => {
    const change = fc.record({
      at: fc.nat(),
      remove: fc.integer({ min: 0, max: 2 }),
      add: fc.constantFrom(
        '',
        '"',
        '\\',
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '0',
        '-',
        '.',
        'e',
        'u',
        'null',
        '\n',
        '\u0000',
      ),
    });
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 4 }),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        (json, changes) => {
          let text = `{"a":${json},"n":-1.5e3,"t":[true,false,null,"\\u00e9\\n"]}`;
          for (const { at, remove, add } of changes) {
            const place = at % text.length;
            text = text.slice(0, place) + add + text.slice(place + remove);
          }
          return agrees(text);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('on any bytes nothing but a GatewayError comes out', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (noise) => {
        const body = Buffer.concat([Buffer.from('{"a":'), noise]);
        try {
          scanBody(body);
        } catch (error) {
          expect(error).toBeInstanceOf(GatewayError);
        }
      }),
    );
  });
});
