import { describe, expect, test } from 'vitest';
import type { AssistantPart, Turn, UserPart } from '../../core/canonical/parts.ts';
import {
  NEW,
  OLD,
  assistant,
  block,
  call,
  encode,
  hi,
  result,
  text,
  user,
} from '../../testing/encode-anthropic.ts';

const messages = (turns: readonly Turn[], model = OLD) => {
  const { body, warnings } = encode({ model, request: { turns } });
  return { messages: body['messages'], warnings };
};

describe('instructions', () => {
  test('one is a text, several are blocks, empty ones nothing', () => {
    expect(encode({ request: { system: [text('a'), text('  ')] } }).body['system']).toBe('a');
    expect(encode({ request: { system: [text('a'), text('b')] } }).body['system']).toEqual([
      block('a'),
      block('b'),
    ]);
    expect(encode({ request: { system: [text('')] } }).body).not.toHaveProperty('system');
  });

  test('alone they are the message', () => {
    const { body, warnings } = encode({ request: { system: [text('a')], turns: [] } });
    expect(body).toMatchObject({ messages: [{ role: 'user', content: [block('a')] }] });
    expect(body).not.toHaveProperty('system');
    expect(warnings).toHaveLength(1);
  });

  const later: Turn = { role: 'system', parts: [text('now')] };
  const marked = block('<system>\nnow\n</system>');
  test('in the middle they are text of the user for older models', () => {
    expect(messages([hi, later])).toEqual({
      messages: [{ role: 'user', content: [block('hi'), marked] }],
      warnings: [expect.stringContaining('<system>')],
    });
  });

  test('newer ones take them behind the user, where nothing of the user follows', () => {
    expect(messages([hi, later], NEW)).toEqual({
      messages: [
        { role: 'user', content: [block('hi')] },
        { role: 'system', content: [block('now')] },
      ],
      warnings: [],
    });
    expect(messages([hi, later, hi], NEW).messages).toEqual([
      { role: 'user', content: [block('hi'), marked, block('hi')] },
    ]);
    expect(messages([hi, assistant(text('a')), later], NEW).messages).toMatchObject([
      {},
      {},
      { role: 'user', content: [marked] },
    ]);
  });
});

describe('turns', () => {
  test('empty texts go, and with them what would be empty', () => {
    const turns = [
      hi,
      assistant(text(''), { kind: 'reasoning', text: 'x', signature: null }),
      user(text('\n'), text('b')),
    ];
    expect(messages(turns)).toEqual({
      messages: [{ role: 'user', content: [block('hi'), block('b')] }],
      warnings: [expect.stringContaining('signature')],
    });
  });

  test('thoughts go back byte by byte, other signatures do not', () => {
    const thought = (
      format: 'anthropic' | 'anthropic-redacted' | 'openai',
      value: string,
    ): AssistantPart => ({
      kind: 'reasoning',
      text: format === 'anthropic' ? ' hm ' : '',
      signature: { format, value, id: null, origin: null },
    });
    const turn = assistant(
      thought('anthropic', 'S'),
      thought('openai', 'O'),
      thought('anthropic-redacted', 'D'),
      text('a'),
    );
    expect(messages([hi, turn, hi]).messages).toMatchObject([
      {},
      {
        content: [
          { type: 'thinking', thinking: ' hm ', signature: 'S' },
          { type: 'redacted_thinking', data: 'D' },
          block('a'),
        ],
      },
      {},
    ]);
    // A thought must not stand last.
    expect(messages([hi, assistant(text('a'), thought('anthropic', 'S')), hi]).messages).toMatchObject([
      {},
      { content: [block('a')] },
      {},
    ]);
  });

  test('the user speaks first', () => {
    const { messages: written, warnings } = messages([assistant(text('a')), hi]);
    expect(written).toMatchObject([{ role: 'user' }, { role: 'assistant' }, { role: 'user' }]);
    expect(warnings).toHaveLength(1);
  });

  test('words of refusal are text', () => {
    expect(messages([hi, assistant({ kind: 'refusal', text: 'No.' }), hi]).messages).toMatchObject([
      {},
      { content: [block('No.')] },
      {},
    ]);
  });

  describe('that end with the assistant', () => {
    const begun = [hi, assistant(text('Once '))];
    test('are begun answers for older models, without blanks at their end', () => {
      expect(messages(begun)).toEqual({
        messages: [
          { role: 'user', content: [block('hi')] },
          { role: 'assistant', content: [block('Once')] },
        ],
        warnings: [],
      });
    });

    test.each([
      [{ model: NEW, request: { turns: begun } }],
      [
        {
          request: { turns: begun },
          settings: { reasoning: { effort: 'low', budget: null, visible: null } },
        },
      ],
    ] as const)('are asked to go on in words where that is refused: %j', (wish) => {
      const { body, warnings } = encode(wish);
      expect(body['messages']).toMatchObject([{}, { content: [block('Once ')] }, { role: 'user' }]);
      expect(warnings).toContainEqual(expect.stringContaining('begun answer'));
    });
  });
});

describe('calls and results', () => {
  const use = (id: string, input = {}) => ({ type: 'tool_use', id, name: 'f', input });
  const answered = (id: string, rest = {}) => ({ type: 'tool_result', tool_use_id: id, ...rest });

  test('results of parallel calls are one message, before all else', () => {
    const turns = [
      hi,
      assistant(call('a'), call('b')),
      user(result('b', text('B')), result('a', text('A')), text('and')),
    ];
    expect(messages(turns)).toEqual({
      messages: [
        { role: 'user', content: [block('hi')] },
        { role: 'assistant', content: [use('a'), use('b')] },
        {
          role: 'user',
          content: [
            answered('a', { content: [block('A')] }),
            answered('b', { content: [block('B')] }),
            block('and'),
          ],
        },
      ],
      warnings: [],
    });
  });

  test('a call without result gets one that says so', () => {
    const { messages: written, warnings } = messages([
      hi,
      assistant(call('a'), call('b')),
      user(result('a'), text('x')),
    ]);
    expect(written).toMatchObject([
      {},
      {},
      { content: [answered('a'), answered('b', { is_error: true }), block('x')] },
    ]);
    expect(warnings).toEqual([expect.stringContaining('no result')]);
    expect(messages([hi, assistant(call('a'))]).messages).toMatchObject([
      {},
      {},
      { content: [answered('a')] },
    ]);
    expect(messages([hi, assistant(call('a')), assistant(text('b')), hi]).messages).toMatchObject([
      {},
      { content: [use('a')] },
      { content: [answered('a')] },
      { content: [block('b')] },
      {},
    ]);
  });

  test('a result without call is text', () => {
    const { messages: written, warnings } = messages([user(result('z', text('Z')), text('x'))]);
    expect(written).toEqual([
      { role: 'user', content: [block('Result of the tool f:'), block('Z'), block('x')] },
    ]);
    expect(warnings).toEqual([expect.stringContaining('without the call')]);
  });

  test('a result behind instructions still comes first', () => {
    const turns: Turn[] = [
      hi,
      assistant(call('a')),
      { role: 'system', parts: [text('now')] },
      user(result('a', text('A'))),
    ];
    expect(messages(turns).messages).toMatchObject([
      {},
      {},
      { role: 'user', content: [answered('a'), block('<system>\nnow\n</system>')] },
    ]);
  });

  test('ids that come again are told apart, with their results', () => {
    const turns = [
      hi,
      assistant(call('f_0')),
      user(result('f_0', text('1'))),
      assistant(call('f_0')),
      user(result('f_0', text('2'))),
    ];
    expect(messages(turns).messages).toMatchObject([
      {},
      { content: [use('f_0')] },
      { content: [answered('f_0', { content: [block('1')] })] },
      { content: [use('f_0_2')] },
      { content: [answered('f_0_2', { content: [block('2')] })] },
    ]);
  });

  test.each([
    ['{"a":1}', { a: 1 }, 0],
    ['', {}, 0],
    ['null', {}, 0],
    ['[1]', { input: '[1]' }, 1],
    ['{"a":', { input: '{"a":' }, 1],
  ])('arguments %j are an object', (input, written, warned) => {
    const seen = messages([hi, assistant(call('a', input)), user(result('a'))]);
    expect(seen.messages).toMatchObject([{}, { content: [use('a', written)] }, {}]);
    expect(seen.warnings).toHaveLength(warned);
  });

  test('an image in a failed result stands behind the results', () => {
    const image = { kind: 'image', source: { kind: 'data', mediaType: 'image/png', base64: 'AA' } } as const;
    const failed = { ...result('a', text('no')), failed: true, content: [text('no'), image] };
    const seen = messages([
      hi,
      assistant(call('a'), call('b')),
      user(failed, { ...result('b'), content: [image] }),
    ]);
    expect(seen.messages).toMatchObject([
      {},
      {},
      {
        content: [
          answered('a', { content: [block('no')], is_error: true }),
          answered('b', { content: [{ type: 'image' }] }),
          { type: 'image' },
        ],
      },
    ]);
  });

  test('calls in a history without tools are named as tools that must not be called', () => {
    const { body } = encode({ request: { turns: [hi, assistant(call('a')), user(result('a'))] } });
    expect(body).toMatchObject({
      tools: [{ name: 'f', input_schema: { type: 'object' } }],
      tool_choice: { type: 'none' },
    });
  });
});

describe('media', () => {
  const data = (mediaType: string, base64 = 'AA') => ({ kind: 'data', mediaType, base64 }) as const;
  test.each<[UserPart, object | null]>([
    [
      { kind: 'image', source: data('image/JPG; q=1') },
      { type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: 'AA' } },
    ],
    [{ kind: 'image', source: data('image/bmp') }, null],
    [
      { kind: 'image', source: { kind: 'url', url: 'https://a', mediaType: '' } },
      { type: 'image', source: { type: 'url', url: 'https://a' } },
    ],
    [
      { kind: 'image', source: { kind: 'uploaded', id: 'file_1', mediaType: '' } },
      { type: 'image', source: { type: 'file', file_id: 'file_1' } },
    ],
    [{ kind: 'image', source: { kind: 'uploaded', id: 'file-1', mediaType: '' } }, null],
    [
      { kind: 'file', source: data('application/pdf'), name: 'a.pdf' },
      {
        type: 'document',
        source: { type: 'base64', media_type: 'application/pdf', data: 'AA' },
        title: 'a.pdf',
      },
    ],
    [
      { kind: 'file', source: data('application/json', 'e30=') },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: '{}' } },
    ],
    [
      { kind: 'file', source: data('image/png') },
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AA' } },
    ],
    [{ kind: 'file', source: data('application/zip') }, null],
    [{ kind: 'audio', source: data('audio/wav') }, null],
  ])('%j', (part, written) => {
    const seen = messages([user(text('x'), part)]);
    expect(seen.messages).toEqual([
      { role: 'user', content: [block('x'), ...(written === null ? [] : [written])] },
    ]);
    expect(seen.warnings).toHaveLength(written === null ? 1 : 0);
  });
});

describe('thoughts without a proof', () => {
  const thought: AssistantPart = { kind: 'reasoning', text: 'hm', signature: null };
  const turns = [hi, assistant(thought, { ...thought, text: '' }, call('a')), user(result('a'))];

  test('are left out where thoughts are signed', () => {
    const { messages: sent, warnings } = messages(turns);
    expect(JSON.stringify(sent)).not.toContain('thinking');
    expect(warnings).toEqual(['Reasoning of earlier turns without a signature of Anthropic was left out.']);
  });

  test('are kept where nobody signs any', () => {
    const { body, warnings } = encode({ provider: 'custom', model: 'glm-5', request: { turns } });
    expect(body).toMatchObject({
      messages: [
        {},
        { content: [{ type: 'thinking', thinking: 'hm', signature: '' }, { type: 'tool_use' }] },
        {},
      ],
    });
    expect(warnings).toEqual([]);
  });
});
