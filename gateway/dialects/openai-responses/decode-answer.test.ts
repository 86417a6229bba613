import { describe, expect, test } from 'vitest';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { JsonObject } from '../../core/json.ts';
import { decodeAnswer, decodeStream } from './decode-answer.ts';

const CREATED = { type: 'response.created', response: { id: 'resp_1', model: 'm', status: 'in_progress' } };
const COMPLETED = { type: 'response.completed', response: { id: 'resp_1', model: 'm', status: 'completed' } };
const START: StreamPart = { kind: 'response-start', id: 'resp_1', model: 'm' };
const finish = (reason: string) => ({ kind: 'finish', reason });

function decode(...events: readonly JsonObject[]) {
  const decoder = decodeStream();
  const parts = events.flatMap((event) => decoder.decode({ name: '', data: JSON.stringify(event) }));
  return { parts, complete: decoder.complete, end: decoder.end() };
}

/** The parts between the first and the finish. */
const content = (...events: readonly JsonObject[]): readonly StreamPart[] =>
  decode(CREATED, ...events, COMPLETED).parts.slice(1, -1);

const added = (index: number, item: JsonObject): JsonObject => ({
  type: 'response.output_item.added',
  output_index: index,
  item,
});
const done = (index: number, item: JsonObject): JsonObject => ({
  type: 'response.output_item.done',
  output_index: index,
  item,
});
const delta = (type: string, index: number, text: string, more: JsonObject = {}): JsonObject => ({
  type: `response.${type}.delta`,
  output_index: index,
  content_index: 0,
  delta: text,
  ...more,
});

describe('the frame', () => {
  test('begins with the first event and ends with the last', () => {
    const { parts, complete, end } = decode(
      CREATED,
      { type: 'response.in_progress', response: {} },
      COMPLETED,
    );
    expect(parts).toEqual([START, finish('stop')]);
    expect([complete, end]).toEqual([true, []]);
  });

  test('nothing of comments, [DONE], events of other kinds and what follows the end', () => {
    const decoder = decodeStream();
    expect(decoder.decode({ name: '', data: null })).toEqual([]);
    expect(decoder.decode({ name: '', data: '[DONE]' })).toEqual([]);
    expect(decoder.decode({ name: '', data: '{"type":"response.web_search_call.searching"}' })).toEqual([]);
    expect(decoder.complete).toBe(false);
    decoder.decode({ name: '', data: JSON.stringify(COMPLETED) });
    expect(decoder.decode({ name: '', data: JSON.stringify(CREATED) })).toEqual([]);
  });

  test('the type may stand on the event line alone', () => {
    const decoder = decodeStream();
    const data = JSON.stringify({ response: { id: 'resp_1', model: 'm', status: 'completed' } });
    expect(decoder.decode({ name: 'response.completed', data })).toHaveLength(2);
    expect(decoder.complete).toBe(true);
  });

  test('a stream without its first event is begun by what comes', () => {
    expect(decode(delta('output_text', 0, 'Hi')).parts[0]).toMatchObject({ kind: 'response-start', id: '' });
  });

  test.each([
    ['max_output_tokens', 'length'],
    ['content_filter', 'filtered'],
    ['steered', 'length'],
  ])('incomplete for %s', (reason, read) => {
    const response = { incomplete_details: { reason }, usage: { input_tokens: 3, output_tokens: 4 } };
    const { parts, complete } = decode(CREATED, { type: 'response.incomplete', response });
    expect(parts.slice(1)).toEqual([
      { kind: 'usage', usage: { input: 3, cacheRead: 0, cacheWrite: 0, output: 4, reasoning: 0 } },
      finish(read),
    ]);
    expect(complete).toBe(true);
  });

  test.each<[string, JsonObject]>([
    ['nested', { type: 'error', error: { type: 'server_error', code: 'slow_down', message: 'Busy' } }],
    ['flat', { type: 'error', code: 'slow_down', message: 'Busy', param: null }],
    ['failed', { type: 'response.failed', response: { error: { code: 'slow_down', message: 'Busy' } } }],
    ["as in OpenAI's chat", { error: { code: 'slow_down', message: 'Busy' } }],
  ])('an error, %s', (_, event) => {
    const { parts, complete } = decode(CREATED, event);
    expect(parts[1]).toMatchObject({ kind: 'error', error: { code: 'slow_down', message: 'Busy' } });
    expect(complete).toBe(false);
  });

  test('a failure without a reason still says something', () => {
    const { parts } = decode({ type: 'response.failed', response: { error: null } });
    expect(parts).toMatchObject([{ kind: 'error', error: { message: expect.stringContaining('failed') } }]);
  });
});

describe('text', () => {
  test('deltas, and nothing twice', () => {
    const message = { type: 'message', content: [{ type: 'output_text', text: 'Hello', annotations: [] }] };
    expect(
      content(
        added(0, { type: 'message', content: [] }),
        delta('output_text', 0, 'Hel'),
        delta('output_text', 0, ''),
        delta('output_text', 0, 'lo'),
        { type: 'response.output_text.done', output_index: 0, content_index: 0, text: 'Hello' },
        done(0, message),
      ),
    ).toEqual([
      { kind: 'text-delta', text: 'Hel' },
      { kind: 'text-delta', text: 'lo' },
    ]);
  });

  test.each<[string, JsonObject]>([
    ['its part', { type: 'response.output_text.done', output_index: 0, content_index: 0, text: 'Hi' }],
    ['its item', done(0, { type: 'message', content: [{ type: 'output_text', text: 'Hi' }] })],
  ])('that comes only with the end of %s', (_, event) => {
    expect(content(event)).toEqual([{ kind: 'text-delta', text: 'Hi' }]);
  });

  test('that comes only with the whole response', () => {
    const output = [{ type: 'message', content: [{ type: 'output_text', text: 'Hi' }] }];
    const { parts } = decode(CREATED, {
      type: 'response.completed',
      response: { status: 'completed', output },
    });
    expect(parts).toEqual([START, { kind: 'text-delta', text: 'Hi' }, finish('stop')]);
  });

  test('a refusal ends as one', () => {
    const { parts } = decode(CREATED, delta('refusal', 0, 'No.'), COMPLETED);
    expect(parts.slice(1)).toEqual([{ kind: 'refusal-delta', text: 'No.' }, finish('refused')]);
  });

  test('citations count within the whole text', () => {
    const annotation = {
      type: 'url_citation',
      url: 'https://a.test/',
      title: 'A',
      start_index: 0,
      end_index: 2,
    };
    const cited = {
      type: 'response.output_text.annotation.added',
      output_index: 1,
      content_index: 0,
      annotation,
    };
    const parts = content(
      delta('output_text', 0, 'Hello'),
      delta('output_text', 1, 'Yes'),
      cited,
      done(1, {
        type: 'message',
        content: [{ type: 'output_text', text: 'Yes', annotations: [annotation] }],
      }),
    );
    expect(parts.at(-1)).toEqual({ kind: 'citation', url: 'https://a.test/', title: 'A', start: 5, end: 7 });
    expect(parts).toHaveLength(3);
  });

  test('an image the model made', () => {
    expect(
      content(done(0, { type: 'image_generation_call', result: 'AAAA', output_format: 'webp' })),
    ).toEqual([
      { kind: 'media', media: 'image', source: { kind: 'data', mediaType: 'image/webp', base64: 'AAAA' } },
    ]);
  });
});

describe('reasoning', () => {
  const item = (more: JsonObject = {}): JsonObject => ({
    type: 'reasoning',
    id: 'rs_1',
    summary: [],
    ...more,
  });
  const summary = (part: number, text: string): JsonObject =>
    delta('reasoning_summary_text', 0, text, { summary_index: part });
  const signed = (value: string) => ({ format: 'openai', value, id: 'rs_1', origin: null });

  test('a summary in paragraphs, with its proof', () => {
    expect(
      content(
        added(0, item({ encrypted_content: 'early' })),
        summary(0, 'One'),
        summary(1, 'Two'),
        done(0, item({ summary: [{ text: 'One' }, { text: 'Two' }], encrypted_content: 'late' })),
      ),
    ).toEqual([
      { kind: 'reasoning-start' },
      { kind: 'reasoning-delta', text: 'One' },
      { kind: 'reasoning-delta', text: '\n\nTwo' },
      { kind: 'reasoning-end', signature: signed('late') },
    ]);
  });

  test('a proof alone; nothing alone is nothing', () => {
    expect(content(added(0, item()), done(0, item({ encrypted_content: 'x' })))).toEqual([
      { kind: 'reasoning-start' },
      { kind: 'reasoning-end', signature: signed('x') },
    ]);
    expect(content(added(0, item()), done(0, item({ encrypted_content: null })))).toEqual([]);
  });

  test('raw thoughts, and a summary of the same beside them is not read', () => {
    expect(content(delta('reasoning_text', 0, 'Hm.'), summary(0, 'Thinks.'), done(0, item()))).toEqual([
      { kind: 'reasoning-start' },
      { kind: 'reasoning-delta', text: 'Hm.' },
      { kind: 'reasoning-end', signature: null },
    ]);
  });

  test('thoughts that come only with the end of their item', () => {
    expect(content(done(0, item({ content: [{ type: 'reasoning_text', text: 'Hm.' }] })))).toEqual([
      { kind: 'reasoning-start' },
      { kind: 'reasoning-delta', text: 'Hm.' },
      { kind: 'reasoning-end', signature: null },
    ]);
  });

  test('an item that ends after others have spoken gives its proof in a block of its own', () => {
    expect(
      content(
        delta('reasoning_text', 0, 'Hm.'),
        delta('output_text', 1, 'Yes'),
        done(0, item({ encrypted_content: 'x' })),
      ),
    ).toEqual([
      { kind: 'reasoning-start' },
      { kind: 'reasoning-delta', text: 'Hm.' },
      { kind: 'reasoning-end', signature: null },
      { kind: 'text-delta', text: 'Yes' },
      { kind: 'reasoning-start' },
      { kind: 'reasoning-end', signature: signed('x') },
    ]);
  });

  test('one that never ended is ended', () => {
    expect(content(delta('reasoning_text', 0, 'Hm.')).at(-1)).toEqual({
      kind: 'reasoning-end',
      signature: null,
    });
  });
});

describe('calls', () => {
  const item = (id: string, more: JsonObject = {}): JsonObject => ({
    type: 'function_call',
    id: `fc_${id}`,
    call_id: id,
    name: 'weather',
    arguments: '',
    ...more,
  });
  const args = (index: number, text: string): JsonObject => delta('function_call_arguments', index, text);

  test('two at once are told apart by their places, whatever their ids do', () => {
    const { parts } = decode(
      CREATED,
      added(1, item('a')),
      added(2, item('b')),
      { ...args(2, '{"b"'), item_id: 'rotated-1' },
      { ...args(1, '{}'), item_id: 'rotated-2' },
      { ...args(2, ':1}'), item_id: 'rotated-3' },
      done(1, item('rotated', { call_id: 'a', arguments: '{}' })),
      done(2, item('b', { arguments: '{"b":1}' })),
      COMPLETED,
    );
    expect(parts.slice(1)).toEqual([
      { kind: 'tool-call-start', index: 0, id: 'a', name: 'weather', custom: false },
      { kind: 'tool-call-start', index: 1, id: 'b', name: 'weather', custom: false },
      { kind: 'tool-call-delta', index: 1, text: '{"b"' },
      { kind: 'tool-call-delta', index: 0, text: '{}' },
      { kind: 'tool-call-delta', index: 1, text: ':1}' },
      { kind: 'tool-call-end', index: 0 },
      { kind: 'tool-call-end', index: 1 },
      finish('tool-calls'),
    ]);
  });

  test.each<[string, readonly JsonObject[]]>([
    [
      'with the end of the arguments',
      [
        added(0, item('a')),
        { type: 'response.function_call_arguments.done', output_index: 0, arguments: '{"x":1}' },
        done(0, item('a', { arguments: '{"x":1}' })),
      ],
    ],
    ['with the end of the item', [added(0, item('a')), done(0, item('a', { arguments: '{"x":1}' }))]],
    ['in one event', [done(0, item('a', { arguments: '{"x":1}' }))]],
    [
      'in part as deltas',
      [added(0, item('a')), args(0, '{"x'), done(0, item('a', { arguments: '{"x":1}' }))],
    ],
    [
      'named only at the end',
      [added(0, item('a', { name: '' })), args(0, '{"x'), done(0, item('a', { arguments: '{"x":1}' }))],
    ],
  ])('arguments that come %s', (_, events) => {
    const parts = content(...events);
    const input = parts.map((part) => (part.kind === 'tool-call-delta' ? part.text : '')).join('');
    expect(input).toBe('{"x":1}');
    expect([parts[0]?.kind, parts.at(-1)?.kind]).toEqual(['tool-call-start', 'tool-call-end']);
  });

  test('free text', () => {
    const custom = { type: 'custom_tool_call', call_id: 'a', name: 'patch', input: '' };
    expect(
      content(
        added(0, custom),
        delta('custom_tool_call_input', 0, '*** '),
        { type: 'response.custom_tool_call_input.done', output_index: 0, input: '*** Begin' },
        done(0, { ...custom, input: '*** Begin' }),
      ),
    ).toEqual([
      { kind: 'tool-call-start', index: 0, id: 'a', name: 'patch', custom: true },
      { kind: 'tool-call-delta', index: 0, text: '*** ' },
      { kind: 'tool-call-delta', index: 0, text: 'Begin' },
      { kind: 'tool-call-end', index: 0 },
    ]);
  });

  test('one that never ended is ended, one without an id gets one', () => {
    expect(content(added(0, { type: 'function_call', name: 'weather' }))).toEqual([
      { kind: 'tool-call-start', index: 0, id: 'call_0', name: 'weather', custom: false },
      { kind: 'tool-call-end', index: 0 },
    ]);
  });

  test("the provider's own tools are not calls", () => {
    const search = { type: 'web_search_call', id: 'ws_1', status: 'completed' };
    const { parts } = decode(CREATED, added(0, search), done(0, search), COMPLETED);
    expect(parts).toEqual([START, finish('stop')]);
  });
});

test('a whole answer is the same parts, joined', () => {
  const output = [
    {
      type: 'reasoning',
      id: 'rs_1',
      summary: [{ type: 'summary_text', text: 'Hm.' }],
      encrypted_content: 'x',
    },
    { type: 'message', content: [{ type: 'output_text', text: 'Yes' }] },
    { type: 'function_call', call_id: 'a', name: 'weather', arguments: '{}' },
  ];
  const usage = {
    input_tokens: 10,
    input_tokens_details: { cached_tokens: 4, cache_write_tokens: 2 },
    output_tokens: 7,
    output_tokens_details: { reasoning_tokens: 3 },
  };
  expect(decodeAnswer({ id: 'resp_1', model: 'm', status: 'completed', output, usage })).toEqual([
    START,
    { kind: 'reasoning-start' },
    { kind: 'reasoning-delta', text: 'Hm.' },
    { kind: 'reasoning-end', signature: { format: 'openai', value: 'x', id: 'rs_1', origin: null } },
    { kind: 'text-delta', text: 'Yes' },
    { kind: 'tool-call-start', index: 0, id: 'a', name: 'weather', custom: false },
    { kind: 'tool-call-delta', index: 0, text: '{}' },
    { kind: 'tool-call-end', index: 0 },
    { kind: 'usage', usage: { input: 10, cacheRead: 4, cacheWrite: 2, output: 7, reasoning: 3 } },
    finish('tool-calls'),
  ]);
});
