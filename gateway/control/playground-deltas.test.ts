import { describe, expect, it } from 'vitest';
import { chunk, DONE, HEAD } from '../testing/openai-wire.ts';
import { createCallPlaces } from './playground-calls.ts';
import { readDeltas, readWholeAnswer } from './playground-deltas.ts';

const read = (...events: readonly string[]) => readDeltas(Buffer.from(events.join('')));

describe('words of a stream', () => {
  it('are told apart by kind, and neighbours of one kind are one', () => {
    expect(
      read(
        HEAD,
        chunk({ reasoning_content: 'a' }),
        chunk({ reasoning: 'b' }),
        chunk({ content: 'c' }),
        chunk({ content: 'd' }),
        chunk({ refusal: 'e' }),
        chunk({ content: 'f' }, 'stop'),
        DONE,
      ),
    ).toEqual([
      { kind: 'reasoning', text: 'ab' },
      { kind: 'text', text: 'cd' },
      { kind: 'refusal', text: 'e' },
      { kind: 'text', text: 'f' },
    ]);
  });

  it('are not told twice by an upstream that writes both names', () => {
    expect(read(chunk({ reasoning_content: 'same', reasoning: 'same', content: '' }))).toEqual([
      { kind: 'reasoning', text: 'same' },
    ]);
  });

  it('may be lists of parts with thinking among them', () => {
    const thinking = {
      type: 'thinking',
      thinking: [
        { type: 'text', text: 'hm ' },
        { type: 'text', text: 'so' },
      ],
    };
    expect(read(chunk({ content: [thinking, { type: 'text', text: 'Yes' }] }))).toEqual([
      { kind: 'reasoning', text: 'hm so' },
      { kind: 'text', text: 'Yes' },
    ]);
  });

  it.each([
    ['a comment', ': OPENROUTER PROCESSING\n\n'],
    ['no JSON', 'data: {"choices":[{"delta":{"content":"x"\n\n'],
    ['no choices', 'data: {"choices":[],"usage":{"prompt_tokens":1}}\n\n'],
    [
      'odd types',
      'data: {"choices":[null,{"delta":"x"}]}\n\ndata: {"choices":[{"delta":{"content":5,"refusal":{}}}]}\n\n',
    ],
    ['nothing', ''],
  ])('are not in %s', (_name, event) => {
    expect(read(event)).toEqual([]);
  });
});

it('words of a whole answer', () => {
  const message = { role: 'assistant', content: 'hello', reasoning_content: 'hm' };
  expect(readWholeAnswer(JSON.stringify({ choices: [{ message }] }))).toEqual([
    { kind: 'reasoning', text: 'hm' },
    { kind: 'text', text: 'hello' },
  ]);
  expect(readWholeAnswer('<html>')).toEqual([]);
});

describe('calls of tools', () => {
  const piece = (call: object): string => chunk({ tool_calls: [call] });
  it('come in pieces, each with the place of its call', () => {
    expect(
      read(
        piece({ index: 0, id: 'a', type: 'function', function: { name: 'sum', arguments: '' } }),
        piece({ index: 0, function: { arguments: '{"x"' } }),
        piece({ index: 0, function: { arguments: ':1}' } }),
        piece({ index: 1, id: 'b', function: { name: 'now', arguments: '{}' } }),
      ),
    ).toEqual([
      { kind: 'call', text: '{"x":1}', call: { index: 0, id: 'a', name: 'sum' } },
      { kind: 'call', text: '{}', call: { index: 1, id: 'b', name: 'now' } },
    ]);
  });

  it('of a whole answer stand in their order', () => {
    const calls = [
      { id: 'a', function: { name: 'sum', arguments: '{}' } },
      { id: 'b', function: { name: 'now', arguments: '' } },
    ];
    const body = JSON.stringify({ choices: [{ message: { content: null, tool_calls: calls } }] });
    expect(readWholeAnswer(body).map(({ call }) => call)).toEqual([
      { index: 0, id: 'a', name: 'sum' },
      { index: 1, id: 'b', name: 'now' },
    ]);
  });

  it.each([
    ['from 1', [1, 1, 2], ['a', '', 'b'], [0, 0, 1]],
    ['all as 0', [0, 0, 0], ['a', 'b', ''], [0, 1, 1]],
    ['with the id in every piece', [0, 0, 1], ['a', 'a', 'b'], [0, 0, 1]],
    ['with the id after the name', [0, 0, 0], ['', 'a', 'b'], [0, 0, 1]],
  ])('numbered %s are told apart', (_name, indexes, ids, places) => {
    const calls = createCallPlaces();
    const told = indexes.map((index, at) => calls.place({ index, id: ids[at] ?? '', name: '' }).index);
    expect(told).toEqual(places);
  });

  it.each([[{ index: 200 }], [{ index: -1 }], [{ index: 0.5 }], ['odd']])('%j is no call', (call) => {
    expect(read(chunk({ tool_calls: [call] }))).toEqual([]);
  });
});
