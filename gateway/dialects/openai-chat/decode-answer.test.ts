import { describe, expect, test } from 'vitest';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import { decodeAnswer, decodeStream } from './decode-answer.ts';

const chunk = (delta: unknown, finish: string | null = null, index = 0) => ({
  id: 'c1',
  model: 'm',
  choices: [{ index, delta, finish_reason: finish }],
});

function decode(...values: readonly unknown[]): readonly StreamPart[] {
  const decoder = decodeStream();
  return [...values, '[DONE]'].flatMap((value) =>
    decoder.decode({ name: '', data: typeof value === 'string' ? value : JSON.stringify(value) }),
  );
}

const kinds = (parts: readonly StreamPart[]): readonly string[] => parts.map(({ kind }) => kind);
const call = (fields: object) => chunk({ tool_calls: [fields] });

/** Id, name and input of each call. */
function calls(parts: readonly StreamPart[]): readonly string[] {
  const found: string[] = [];
  for (const part of parts) {
    if (part.kind === 'tool-call-start') found[part.index] = `${part.id} ${part.name} `;
    if (part.kind === 'tool-call-delta') found[part.index] = `${found[part.index] ?? ''}${part.text}`;
  }
  return found;
}

describe('calls in fragments', () => {
  test.each<[string, readonly object[], readonly string[]]>([
    [
      'by index',
      [
        { index: 0, id: 'a', function: { name: 'f', arguments: '' } },
        { index: 0, function: { arguments: '{"x":' } },
        { index: 1, id: 'b', function: { name: 'g', arguments: '{}' } },
        { index: 0, function: { arguments: '1}' } },
      ],
      ['a f {"x":1}', 'b g {}'],
    ],
    [
      'by id alone, repeated with every fragment',
      [
        { id: 'a', function: { name: 'f', arguments: '{"x"' } },
        { id: 'a', function: { name: '', arguments: ':1}' } },
        { id: 'b', function: { name: 'g', arguments: '{}' } },
      ],
      ['a f {"x":1}', 'b g {}'],
    ],
    [
      'with neither, whole or continued',
      [
        { function: { name: 'f', arguments: '{"x"' } },
        { function: { arguments: ':1}' } },
        { function: { name: 'g', arguments: '{}' } },
      ],
      ['call_c1_0 f {"x":1}', 'call_c1_1 g {}'],
    ],
    [
      'all of index 0, with ids of their own (Gemini)',
      [
        { index: 0, id: 'a', function: { name: 'f', arguments: '{}' } },
        { index: 0, id: 'b', function: { name: 'f', arguments: '{}' } },
      ],
      ['a f {}', 'b f {}'],
    ],
    [
      'one id for all, with indexes or without',
      [
        { index: 0, id: 'f', function: { name: 'f', arguments: '{"x"' } },
        { index: 0, id: 'f', function: { name: 'f', arguments: ':1}' } },
        { index: 1, id: 'f', function: { name: 'f', arguments: '{"x":2}' } },
        { id: 'f', function: { name: 'f', arguments: '{"x":3}' } },
        { id: 'f', function: { name: 'g', arguments: '{}' } },
        { id: 'f', function: { name: 'g', arguments: '' } },
      ],
      ['f f {"x":1}', 'call_c1_1 f {"x":2}', 'call_c1_2 f {"x":3}', 'call_c1_3 g {}'],
    ],
    [
      'a name that is repeated does not begin another one',
      [
        { index: 0, id: 'a', function: { name: 'f', arguments: '{"x"' } },
        { index: 0, function: { name: 'f', arguments: ':1}' } },
      ],
      ['a f {"x":1}'],
    ],
    [
      'arguments as an object',
      [{ index: 0, id: 'a', function: { name: 'f', arguments: { x: 1 } } }],
      ['a f {"x":1}'],
    ],
    ['no arguments', [{ index: 1, id: 'a', function: { name: 'f', arguments: '' } }], ['a f {}']],
    [
      'a custom one',
      [{ index: 0, id: 'a', type: 'custom', custom: { name: 'f', input: 'free text' } }],
      ['a f free text'],
    ],
  ])('%s', (_, fragments, expected) => {
    const parts = decode(...fragments.map(call), chunk({}, 'tool_calls'));
    expect(calls(parts)).toEqual(expected);
    expect(kinds(parts).filter((kind) => kind === 'tool-call-end')).toHaveLength(expected.length);
    expect(parts.at(-1)).toEqual({ kind: 'finish', reason: 'tool-calls' });
  });

  test('the old function call', () => {
    const parts = decode(
      chunk({ function_call: { name: 'f', arguments: '{"x"' } }),
      chunk({ function_call: { arguments: ':1}' } }, 'function_call'),
    );
    expect(calls(parts)).toEqual(['call_c1_0 f {"x":1}']);
  });

  test('a whole call is closed when the next one begins, one that is not stays open', () => {
    const whole = { index: 0, id: 'a', function: { name: 'f', arguments: '{"x":1}' } };
    const half = { index: 0, id: 'a', function: { name: 'f', arguments: '{"x":' } };
    const next = { index: 1, id: 'b', function: { name: 'g', arguments: '' } };
    const order = (first: object) =>
      kinds(decode(call(first), call(next))).filter((kind) => /start|end/.test(kind));
    expect(order(whole)).toEqual([
      'response-start',
      'tool-call-start',
      'tool-call-end',
      'tool-call-start',
      'tool-call-end',
    ]);
    expect(order(half).slice(1, 3)).toEqual(['tool-call-start', 'tool-call-start']);
  });

  test('in a whole answer equal indexes and missing ids make no call of two', () => {
    const listed = [1, 2].map((x) => ({ index: 0, function: { name: 'f', arguments: `{"x":${x}}` } }));
    const body = { id: 'c-9', choices: [{ message: { tool_calls: listed }, finish_reason: 'stop' }] };
    expect(calls(decodeAnswer(body))).toEqual(['call_c9_0 f {"x":1}', 'call_c9_1 f {"x":2}']);
    const alike = listed.map((one) => ({ ...one, id: 'f' }));
    const same = { id: 'c-9', choices: [{ message: { tool_calls: alike }, finish_reason: 'stop' }] };
    expect(calls(decodeAnswer(same))).toEqual(['f f {"x":1}', 'call_c9_1 f {"x":2}']);
  });
});

describe('reasoning', () => {
  test.each([
    ['reasoning_content', { reasoning_content: 'hm' }],
    ['reasoning', { reasoning: 'hm' }],
    ['both', { reasoning: 'hm', reasoning_content: 'hm' }],
    ['parts of the content', { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }] }],
    ['tags', { content: '<think>hm</think>' }],
    [
      'entries beside the text',
      { reasoning: 'hm', reasoning_details: [{ type: 'reasoning.text', text: 'hm' }] },
    ],
  ])('%s', (_, delta) => {
    expect(decode(chunk(delta), chunk({ content: 'Four.' }, 'stop')).slice(1)).toEqual([
      { kind: 'reasoning-start' },
      { kind: 'reasoning-delta', text: 'hm' },
      { kind: 'reasoning-end', signature: null },
      { kind: 'text-delta', text: 'Four.' },
      { kind: 'finish', reason: 'stop' },
    ]);
  });

  test('encrypted entries are blocks without text, and words beside them are one of their own', () => {
    const entry = { type: 'reasoning.encrypted', data: 'xyz', id: 'rs_1', index: 1 };
    const parts = decode(
      chunk({ reasoning: 'hm' }),
      chunk({ reasoning_details: [entry] }),
      chunk({ content: 'a' }),
    );
    expect(parts.filter(({ kind }) => kind === 'reasoning-end')).toEqual([
      { kind: 'reasoning-end', signature: null },
      {
        kind: 'reasoning-end',
        signature: { format: 'reasoning-details', value: JSON.stringify(entry), id: 'rs_1', origin: null },
      },
    ]);
  });

  test('empty fragments make no block', () => {
    const empty = { reasoning: '', reasoning_content: null, reasoning_details: [] };
    expect(kinds(decode(chunk({ ...empty, content: 'a' })))).not.toContain('reasoning-start');
  });
});

describe('the end', () => {
  test.each([
    ['length', 'length'],
    ['content_filter', 'filtered'],
    ['model_length', 'context-full'],
    ['function_call', 'stop'],
    ['whatever', 'stop'],
  ])('%s is %s', (written, reason) => {
    expect(decode(chunk({ content: 'a' }, written)).at(-1)).toEqual({ kind: 'finish', reason });
  });

  test('calls decide, though the upstream says stop', () => {
    const one = { index: 0, id: 'a', function: { name: 'f', arguments: '{}' } };
    expect(decode(chunk({ tool_calls: [one] }, 'stop')).at(-1)).toMatchObject({ reason: 'tool-calls' });
  });

  test('without the terminator it is told, but not taken for whole', () => {
    const decoder = decodeStream();
    const seen = decoder.decode({ name: '', data: JSON.stringify(chunk({ content: 'a' }, 'stop')) });
    expect(kinds(seen)).not.toContain('finish');
    expect(decoder.end()).toEqual([{ kind: 'finish', reason: 'stop' }]);
    expect(decoder.complete).toBe(false);
  });

  test('cut before any finish nothing is told', () => {
    const decoder = decodeStream();
    decoder.decode({ name: '', data: JSON.stringify(chunk({ content: 'a' })) });
    expect(decoder.end()).toEqual([]);
  });

  test.each([
    [{ error: { message: 'Slow down', code: 429 } }, 'Slow down'],
    [{ choices: [{ delta: {}, finish_reason: 'error', error: { message: 'Died' } }] }, 'Died'],
  ])('an error ends it: %j', (value, message) => {
    const parts = decode(chunk({ content: 'a' }), value, chunk({ content: 'b' }, 'stop'));
    expect(parts.at(-1)).toMatchObject({ kind: 'error', error: { message } });
  });

  test('a named error event', () => {
    const parts = decodeStream().decode({ name: 'error', data: 'out of memory' });
    expect(parts).toMatchObject([{ kind: 'error', error: { message: 'out of memory' } }]);
  });
});

describe('the rest', () => {
  test('several candidates are told apart, and each ends', () => {
    const parts = decode(
      chunk({ content: 'a' }),
      chunk({ content: 'b' }, null, 1),
      chunk({}, 'length', 1),
      chunk({}, 'stop'),
    );
    expect(parts.slice(1)).toEqual([
      { kind: 'text-delta', text: 'a' },
      { kind: 'text-delta', text: 'b', candidate: 1 },
      { kind: 'finish', reason: 'stop' },
      { kind: 'finish', reason: 'length', candidate: 1 },
    ]);
  });

  test('refusals, pictures and sources', () => {
    const parts = decode(
      chunk({
        refusal: 'No.',
        images: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,aGk=' } }],
        annotations: [
          { type: 'url_citation', url_citation: { url: 'https://a.example', title: 'A', start_index: 1 } },
        ],
      }),
    );
    expect(parts.slice(1, 4)).toEqual([
      { kind: 'refusal-delta', text: 'No.' },
      { kind: 'media', media: 'image', source: { kind: 'data', mediaType: 'image/png', base64: 'aGk=' } },
      { kind: 'citation', url: 'https://a.example', title: 'A', start: 1, end: -1 },
    ]);
  });

  test('a first chunk without choices, as Azure sends it, does not name the answer', () => {
    const filter = { id: '', model: '', choices: [], prompt_filter_results: [] };
    expect(decode(filter, chunk({ content: 'a' }))[0]).toEqual({
      kind: 'response-start',
      id: 'c1',
      model: 'm',
    });
  });

  test('text held back as the beginning of a tag comes before the calls', () => {
    const one = { index: 0, id: 'a', function: { name: 'f', arguments: '{}' } };
    expect(kinds(decode(chunk({ content: '<' }), chunk({ tool_calls: [one] })))).toEqual([
      'response-start',
      'text-delta',
      'tool-call-start',
      'tool-call-delta',
      'tool-call-end',
      'finish',
    ]);
  });
});

test('a call that never gets a name is no good end; one that gets it late is', () => {
  const args = { index: 0, id: 'a', function: { arguments: '{}' } };
  expect(decode(call(args), chunk({}, 'tool_calls')).at(-1)).toMatchObject({ reason: 'broken-call' });
  const late = { index: 0, id: 'a', function: { name: 'f', arguments: '{}' } };
  expect(decode(call({ index: 0, id: 'a' }), call(late), chunk({}, 'stop')).at(-1)).toMatchObject({
    reason: 'tool-calls',
  });
});

test('arguments written as an object keep the digits of long numbers', () => {
  const event = `{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"name":"f","arguments":{"id":1234567890123456789}}}]}}]}`;
  expect(calls(decode(event))).toEqual(['call__0 f {"id":1234567890123456789}']);
});
