import { describe, expect, test } from 'vitest';
import type { RequestPath } from '../../core/client-shape.ts';
import { scanBody } from '../../core/scan-body.ts';
import { readOpenAiRequest as readRequest } from '../../core/openai-request.ts';
import { prepareRequest } from './request.ts';

const scan = (text: string) => scanBody(Buffer.from(text));
const PATH: RequestPath = { model: null, streamed: null, framing: 'sse' };

describe('readRequest', () => {
  test.each([
    ['{}', { model: '', streamed: false, usageAsked: false }],
    ['{"model":"g\\u00e9"}', { model: 'gé', streamed: false }],
    ['{"model":null,"stream":null,"stream_options":null}', { model: '', streamed: false }],
    ['{"model":"m","stream":true}', { model: 'm', streamed: true }],
    ['{"stream":true,"stream_options":{}}', { usageAsked: false }],
    ['{"stream_options":{"include_usage":true}}', { usageAsked: true }],
    ['{"stream_options":{"include_usage":false}}', { usageAsked: false }],
  ])('%s', (text, facts) => {
    expect(readRequest(scan(text), PATH)).toMatchObject(facts);
  });

  test.each([
    ['{"model":17}', '"model" must be the name of a model in quotes, but it is the number 17.'],
    ['{"model":["a"]}', '"model" must be the name of a model in quotes, but it is an array.'],
    ['{"stream":"true"}', '"stream" must be true or false, but it is the string true.'],
    [
      '{"stream_options":true}',
      '"stream_options" must be an object such as {"include_usage": true}, but it is the boolean true.',
    ],
  ])('%s is refused', (text, message) => {
    expect(() => readRequest(scan(text), PATH)).toThrow(
      expect.objectContaining({ code: 'invalid_request', message }),
    );
  });
});

describe('prepareRequest', () => {
  const prepare = (text: string, model: string, addUsageOption = false): string => {
    const body = prepareRequest(scan(text), { model, addUsageOption });
    const whole = Buffer.concat(body.chunks);
    expect(whole).toHaveLength(body.length);
    return whole.toString();
  };

  test.each([
    [
      'the name alone changes',
      '{ "seed" : 12345678901234567890, "model":"a" , "n":1.0}',
      'b',
      false,
      '{ "seed" : 12345678901234567890, "model":"b" , "n":1.0}',
    ],
    ['the same name stays as written', '{"model": "\\u0061"}', 'a', false, '{"model": "\\u0061"}'],
    ['a missing name is added', '{"n":1}', 'b', false, '{"model":"b","n":1}'],
    ['into an empty object', '{ }', 'b', true, '{"model":"b","stream_options":{"include_usage":true} }'],
    [
      'usage is asked for',
      '{"model":"a","stream":true}',
      'a',
      true,
      '{"stream_options":{"include_usage":true},"model":"a","stream":true}',
    ],
    [
      'a null option is replaced',
      '{"stream_options": null,"model":"a"}',
      'b',
      true,
      '{"stream_options": {"include_usage":true},"model":"b"}',
    ],
    [
      'an option that says no is replaced, and others stay',
      '{"stream_options":{"include_usage": false,"include_obfuscation":false},"model":"a"}',
      'a',
      true,
      '{"stream_options":{"include_usage":true,"include_obfuscation":false},"model":"a"}',
    ],
    ['names are escaped', '{"model":"a"}', 'a"b\\é', false, '{"model":"a\\"b\\\\é"}'],
    ['a name spelt with escapes', '{"mod\\u0065l":"a"}', 'b', false, '{"mod\\u0065l":"b"}'],
  ])('%s', (_, text, model, addUsage, expected) => {
    expect(prepare(text, model, addUsage)).toBe(expected);
  });

  test('an unchanged body is the very same memory', () => {
    const body = scan('{"model":"a"}');
    expect(prepareRequest(body, { model: 'a', addUsageOption: false }).chunks[0]?.buffer).toBe(
      body.bytes.buffer,
    );
  });
});
