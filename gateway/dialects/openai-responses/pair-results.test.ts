import { expect, test } from 'vitest';
import type { JsonObject } from '../../core/json.ts';
import { pairResults } from './pair-results.ts';

const call = (id: string, more: JsonObject = {}): JsonObject => ({
  type: 'function_call',
  call_id: id,
  ...more,
});
const result = (id: string, output: unknown = `of ${id}`): JsonObject => ({
  type: 'function_call_output',
  call_id: id,
  output,
});
const said = (role: string): JsonObject => ({ type: 'message', role });
const thought: JsonObject = { type: 'reasoning', encrypted_content: 'x' };

function pair(...items: readonly JsonObject[]): {
  readonly order: readonly string[];
  readonly warnings: number;
} {
  let warnings = 0;
  const order = pairResults(items, () => {
    warnings += 1;
  }).map(({ type, call_id: id, output, role }) =>
    [type === 'function_call' ? 'call' : (role ?? type), id, output]
      .filter((one) => typeof one === 'string')
      .join(' '),
  );
  return { order, warnings };
}

test('what is in order stays as it is', () => {
  const items = [
    said('user'),
    thought,
    call('a'),
    call('b'),
    result('a'),
    result('b'),
    thought,
    said('assistant'),
  ];
  expect(pairResults(items, () => undefined)).toEqual(items);
});

test('results follow the calls that were made together', () => {
  expect(
    pair(call('a'), said('assistant'), call('b'), thought, call('c'), result('c'), result('b'), result('a')),
  ).toEqual({
    order: [
      'call a',
      'function_call_output a of a',
      'assistant',
      'call b',
      'reasoning',
      'call c',
      'function_call_output b of b',
      'function_call_output c of c',
    ],
    warnings: 0,
  });
});

test('reasoning before a message does not come between a call and its result', () => {
  expect(pair(call('a'), thought, said('assistant'), result('a')).order).toEqual([
    'call a',
    'function_call_output a of a',
    'reasoning',
    'assistant',
  ]);
});

test('a call without a result gets one that says so, of its own kind', () => {
  const items = pairResults([call('a', { type: 'custom_tool_call' }), said('user')], () => undefined);
  expect(items[1]).toEqual({
    type: 'custom_tool_call_output',
    call_id: 'a',
    output: 'This call was not answered.',
  });
  expect(pair(call('a')).warnings).toBe(1);
});

test('a result without a call is said as text', () => {
  const items = pairResults([result('a', [{ type: 'input_image' }]), result('b')], () => undefined);
  const head = { type: 'input_text', text: 'Result of a tool:' };
  expect(items).toEqual([
    { type: 'message', role: 'user', content: [head, { type: 'input_image' }] },
    { type: 'message', role: 'user', content: [head, { type: 'input_text', text: 'of b' }] },
  ]);
  expect(pair(result('a')).warnings).toBe(1);
});

test('ids that come again are made different, each with its own result', () => {
  expect(pair(call('a'), result('a', 'one'), call('a'), result('a', 'two'))).toEqual({
    order: ['call a', 'function_call_output a one', 'call a_2', 'function_call_output a_2 two'],
    warnings: 0,
  });
  const long = 'x'.repeat(64);
  const [, , again] = pairResults([call(long), result(long), call(long), result(long)], () => undefined);
  expect(again).toMatchObject({ call_id: `${'x'.repeat(62)}_2` });
});
