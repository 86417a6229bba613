import { describe, expect, test } from 'vitest';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import { decodeAnswer } from './decode-answer.ts';
import { decodeStream } from './decode-stream.ts';

const START = {
  type: 'message_start',
  message: { id: 'msg_1', model: 'claude', usage: { input_tokens: 4 } },
};
const STOP = { type: 'message_stop' };
const start = (index: number, block: object) => ({
  type: 'content_block_start',
  index,
  content_block: block,
});
const delta = (index: number, change: object) => ({ type: 'content_block_delta', index, delta: change });
const stop = (index: number) => ({ type: 'content_block_stop', index });
const end = (reason: string, rest: object = {}) => ({
  type: 'message_delta',
  delta: { stop_reason: reason, ...rest },
  usage: { output_tokens: 2 },
});

function decode(...events: readonly (object & { readonly type?: string })[]): readonly StreamPart[] {
  const decoder = decodeStream();
  const parts = events.flatMap((event) =>
    decoder.decode({ name: event.type ?? '', data: JSON.stringify(event) }),
  );
  return [...parts, ...decoder.end()];
}

const USAGE = { kind: 'usage', usage: { input: 4, cacheRead: 0, cacheWrite: 0, output: 2, reasoning: 0 } };
const OPENED = { kind: 'response-start', id: 'msg_1', model: 'claude' };

test('text', () => {
  expect(
    decode(
      START,
      { type: 'ping' },
      start(0, { type: 'text', text: '' }),
      delta(0, { type: 'text_delta', text: 'a' }),
      stop(0),
      end('end_turn'),
      STOP,
    ),
  ).toEqual([OPENED, { kind: 'text-delta', text: 'a' }, USAGE, { kind: 'finish', reason: 'stop' }]);
});

test('thoughts with their signature, which comes last', () => {
  expect(
    decode(
      start(0, { type: 'thinking', thinking: '', signature: '' }),
      delta(0, { type: 'thinking_delta', thinking: 'hm' }),
      delta(0, { type: 'thinking_delta', thinking: '' }),
      delta(0, { type: 'signature_delta', signature: 'S' }),
      stop(0),
    ),
  ).toEqual([
    { kind: 'reasoning-start' },
    { kind: 'reasoning-delta', text: 'hm' },
    { kind: 'reasoning-end', signature: { format: 'anthropic', value: 'S', id: null, origin: null } },
  ]);
});

test('thoughts that are not shown are a signature alone', () => {
  const parts = decode(start(0, { type: 'thinking', thinking: '', signature: 'S' }), stop(0));
  expect(parts).toMatchObject([
    { kind: 'reasoning-start' },
    { kind: 'reasoning-end', signature: { value: 'S' } },
  ]);
});

test('calls are numbered by themselves, whatever the index of their block', () => {
  expect(
    decode(
      start(2, { type: 'tool_use', id: 'a', name: 'f', input: {} }),
      delta(2, { type: 'input_json_delta', partial_json: '' }),
      delta(2, { type: 'input_json_delta', partial_json: '{"x":' }),
      delta(2, { type: 'input_json_delta', partial_json: '1}' }),
      stop(2),
      start(5, { type: 'tool_use', id: 'b', name: 'g', input: { y: 2 } }),
      stop(5),
      start(6, { type: 'text', text: '' }),
    ),
  ).toEqual([
    { kind: 'tool-call-start', index: 0, id: 'a', name: 'f', custom: false },
    { kind: 'tool-call-delta', index: 0, text: '{"x":' },
    { kind: 'tool-call-delta', index: 0, text: '1}' },
    { kind: 'tool-call-end', index: 0 },
    { kind: 'tool-call-start', index: 1, id: 'b', name: 'g', custom: false },
    { kind: 'tool-call-delta', index: 1, text: '{"y":2}' },
    { kind: 'tool-call-end', index: 1 },
  ]);
});

test('a call without arguments has an empty object of them', () => {
  const parts = decode(
    start(0, { type: 'tool_use', id: 'a', name: 'f', input: {} }),
    stop(0),
    end('tool_use'),
  );
  expect(parts).toContainEqual({ kind: 'tool-call-delta', index: 0, text: '{}' });
});

test("what a provider's own tools did is left out, and its text never taken for the model's", () => {
  expect(
    decode(
      start(0, { type: 'server_tool_use', id: 's', name: 'web_search', input: {} }),
      delta(0, { type: 'input_json_delta', partial_json: '{"query":"x"}' }),
      stop(0),
      start(1, { type: 'web_search_tool_result', tool_use_id: 's', content: [] }),
      stop(1),
      start(2, { type: 'compaction', content: null }),
      delta(2, { type: 'compaction_delta', content: 'summary' }),
      delta(2, { type: 'text_delta', text: 'odd' }),
      stop(2),
    ),
  ).toEqual([]);
});

test('sources stand behind the text they are for, with its place', () => {
  const source = { type: 'web_search_result_location', url: 'https://a', title: 'A', cited_text: 'x' };
  const parts = decode(
    start(0, { type: 'text', text: 'One. ' }),
    stop(0),
    start(1, { type: 'text', text: '', citations: [] }),
    delta(1, { type: 'citations_delta', citation: source }),
    delta(1, { type: 'citations_delta', citation: { type: 'page_location', document_title: 'own' } }),
    delta(1, { type: 'text_delta', text: 'Two.' }),
    stop(1),
  );
  expect(parts).toEqual([
    { kind: 'text-delta', text: 'One. ' },
    { kind: 'text-delta', text: 'Two.' },
    { kind: 'citation', url: 'https://a', title: 'A', start: 5, end: 9 },
  ]);
});

describe('the end', () => {
  test('closes what was left open', () => {
    const parts = decode(start(0, { type: 'thinking', thinking: 'a' }), end('max_tokens'), STOP);
    expect(parts.map(({ kind }) => kind)).toEqual([
      'reasoning-start',
      'reasoning-delta',
      'reasoning-end',
      'usage',
      'finish',
    ]);
  });

  test('is told once, though the last figures count', () => {
    const later = { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 8 } };
    const parts = decode(end('end_turn'), later, STOP);
    expect(parts.filter(({ kind }) => kind === 'finish')).toHaveLength(1);
    expect(parts.findLast(({ kind }) => kind === 'usage')).toMatchObject({ usage: { output: 8 } });
  });

  test('without a reason it is that the model had said all, or called a tool', () => {
    expect(decode(STOP)).toEqual([{ kind: 'finish', reason: 'stop' }]);
    const call = start(0, { type: 'tool_use', id: 'a', name: 'f', input: {} });
    expect(decode(call, stop(0), STOP).at(-1)).toEqual({ kind: 'finish', reason: 'tool-calls' });
  });

  test.each([
    [{ stop_sequence: 'END' }, 'stop_sequence', { reason: 'stop-sequence', stopSequence: 'END' }],
    [{ stop_sequence: null }, 'pause_turn', { reason: 'paused' }],
    [{}, 'model_context_window_exceeded', { reason: 'context-full' }],
  ])('%j %s', (rest, reason, finish) => {
    expect(decode(end(reason, rest)).at(-1)).toEqual({ kind: 'finish', ...finish });
  });

  test('a refusal tells why in words', () => {
    const details = { stop_details: { type: 'refusal', category: 'bio', explanation: 'Not this.' } };
    expect(decode(end('refusal', details))).toMatchObject([
      { kind: 'refusal-delta', text: 'Not this.' },
      { kind: 'usage' },
      { kind: 'finish', reason: 'refused' },
    ]);
  });
});

describe('what goes wrong', () => {
  test.each([
    [{ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, 'Overloaded'],
    [{ error: { message: 'bad' } }, 'bad'],
  ])('%j', (event, words) => {
    expect(decode(event)).toMatchObject([{ kind: 'error', error: { message: words } }]);
  });

  test('an error that is not JSON', () => {
    expect(decodeStream().decode({ name: 'error', data: 'gone' })).toMatchObject([
      { error: { message: 'gone' } },
    ]);
  });

  test('a second beginning is nothing before content and an error after it', () => {
    expect(decode(START, START)).toEqual([OPENED]);
    const again = decode(START, start(0, { type: 'text', text: 'a' }), START);
    expect(again.at(-1)).toMatchObject({ kind: 'error', error: { code: 'answer_restarted' } });
  });

  test('a stream that stops is not complete', () => {
    const decoder = decodeStream();
    decoder.decode({ name: 'message_start', data: JSON.stringify(START) });
    expect([decoder.complete, decoder.end()]).toEqual([false, []]);
  });
});

test('a complete answer is the same parts, whole', () => {
  const parts = decodeAnswer({
    id: 'msg_1',
    type: 'message',
    model: 'claude',
    content: [
      { type: 'thinking', thinking: 'hm', signature: 'S' },
      { type: 'redacted_thinking', data: 'D' },
      { type: 'text', text: 'Hi', citations: [{ url: 'https://a', title: 'A' }] },
      { type: 'tool_use', id: 'a', name: 'f', input: { x: 1 } },
    ],
    stop_reason: 'tool_use',
    stop_sequence: null,
    usage: { input_tokens: 1, output_tokens: 2 },
  });
  expect(parts).toEqual([
    OPENED,
    { kind: 'reasoning-start' },
    { kind: 'reasoning-delta', text: 'hm' },
    { kind: 'reasoning-end', signature: { format: 'anthropic', value: 'S', id: null, origin: null } },
    { kind: 'reasoning-start' },
    {
      kind: 'reasoning-end',
      signature: { format: 'anthropic-redacted', value: 'D', id: null, origin: null },
    },
    { kind: 'text-delta', text: 'Hi' },
    { kind: 'citation', url: 'https://a', title: 'A', start: 0, end: 2 },
    { kind: 'tool-call-start', index: 0, id: 'a', name: 'f', custom: false },
    { kind: 'tool-call-delta', index: 0, text: '{"x":1}' },
    { kind: 'tool-call-end', index: 0 },
    { kind: 'usage', usage: { input: 1, cacheRead: 0, cacheWrite: 0, output: 2, reasoning: 0 } },
    { kind: 'finish', reason: 'tool-calls' },
  ]);
});
