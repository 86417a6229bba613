/** Calls and results as blocks of Anthropic, which Cursor sends to the path of chat for Claude's models. */
import { expect, test } from 'vitest';
import type { JsonObject } from '../../core/json.ts';
import { decodeRequest } from './decode-request.ts';

const HI = { role: 'user', content: 'hi' };
const use = (id: string, name: string, input: JsonObject = {}) => ({ type: 'tool_use', id, name, input });
const result = (id: string, content: unknown) => ({ type: 'tool_result', tool_use_id: id, content });
const text = (written: string) => ({ kind: 'text', text: written });

function read(...messages: readonly JsonObject[]) {
  const told: string[] = [];
  const facts = { model: 'asked', streamed: false, usageAsked: false };
  return { ...decodeRequest({ messages }, facts, (one) => told.push(one.text)), told };
}

test('calls stand where they were made, results before the words, in the order of their calls', () => {
  const { turns, told } = read(
    HI,
    {
      role: 'assistant',
      content: [{ type: 'text', text: 'I look.' }, use('t1', 'look', { path: 'a' }), use('t2', 'list')],
    },
    {
      role: 'user',
      content: [{ type: 'text', text: 'and?' }, result('t2', 'two'), result('t1', ['one'])],
    },
  );
  expect(turns.slice(1)).toEqual([
    {
      role: 'assistant',
      parts: [
        text('I look.'),
        { kind: 'tool-call', id: 't1', name: 'look', input: '{"path":"a"}', custom: false },
        { kind: 'tool-call', id: 't2', name: 'list', input: '{}', custom: false },
      ],
    },
    {
      role: 'user',
      parts: [
        {
          kind: 'tool-result',
          id: 't1',
          name: 'look',
          content: [text('one')],
          failed: false,
          custom: false,
        },
        {
          kind: 'tool-result',
          id: 't2',
          name: 'list',
          content: [text('two')],
          failed: false,
          custom: false,
        },
        text('and?'),
      ],
    },
  ]);
  expect(told).toEqual([]);
});

test('a result with words and pictures, one that failed, an empty one', () => {
  const picture = (source: JsonObject) => ({ type: 'image', source });
  const { turns, told } = read(
    HI,
    { role: 'assistant', content: [use('a', 'f'), use('b', 'f'), use('c', 'f')] },
    {
      role: 'user',
      content: [
        result('a', [
          { type: 'text', text: 'seen' },
          picture({ type: 'base64', media_type: 'image/png', data: 'aGk=' }),
          picture({ type: 'url', url: 'https://a.example/x.png' }),
        ]),
        { ...result('b', 'broken'), is_error: true, cache_control: { type: 'ephemeral' } },
        { type: 'tool_result', tool_use_id: 'c' },
      ],
    },
  );
  expect(turns[2]?.parts).toMatchObject([
    {
      content: [
        text('seen'),
        { kind: 'image', source: { kind: 'data', mediaType: 'image/png', base64: 'aGk=' } },
        { kind: 'image', source: { kind: 'url', url: 'https://a.example/x.png', mediaType: '' } },
      ],
    },
    { content: [text('broken')], failed: true, cache: { ttl: null } },
    { content: [], failed: false },
  ]);
  expect(told).toEqual([]);
});

test('what is no block of these is told with its place', () => {
  const { told } = read(
    { role: 'user', content: [{ type: 'text', text: 'hi' }, { type: 'hologram' }] },
    { role: 'assistant', content: [{ type: 'text', text: 'a' }, { type: 'server_tool_use' }] },
    { role: 'user', content: [result('a', [{ type: 'image', source: { type: 'scroll' } }])] },
  );
  expect(told).toEqual([
    expect.stringContaining('messages[0].content[1]'),
    expect.stringContaining('messages[1].content[1]'),
    expect.stringContaining('messages[2].content[0].content[0]'),
  ]);
});

test.each<[JsonObject, string]>([
  [{ role: 'assistant', content: [{ type: 'tool_use', id: 'a' }] }, 'messages[1].content[0].name'],
  [{ role: 'assistant', content: [{ type: 'tool_use', name: 'f' }] }, 'messages[1].content[0].id'],
  [{ role: 'user', content: [{ type: 'tool_result' }] }, 'messages[1].content[0].tool_use_id'],
])('%j is refused, naming the member', (message, field) => {
  expect(() => read(HI, message)).toThrow(expect.objectContaining({ code: 'invalid_request', field }));
});
