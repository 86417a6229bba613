import { describe, expect, it } from 'vitest';
import { chunk, DONE, HEAD } from '../testing/openai-wire.ts';
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
