import { expect, it } from 'vitest';
import { partText } from './part-text.ts';

const text = (value: unknown): string => partText(JSON.stringify(value), 1_000);

it.each([
  ['a message', { role: 'user', content: 'hello there' }, 'hello there'],
  ['instructions', 'be brief', 'be brief'],
  [
    'blocks with a picture',
    {
      role: 'user',
      content: [
        { type: 'text', text: 'what is it?', cache_control: { type: 'ephemeral' } },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0' } },
        { type: 'image_url', image_url: { url: 'https://a.example/b.png' } },
        { type: 'input_file', file_data: 'data:application/pdf;base64,JVBERi0' },
      ],
    },
    'what is it?',
  ],
  [
    "a chat's call of a tool",
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'c1', type: 'function', function: { name: 'Bash', arguments: '{"model":"ls\\n-l","n":1}' } },
      ],
    },
    'Bash\nls\n-l',
  ],
  [
    "Anthropic's call and thoughts",
    {
      content: [
        { type: 'thinking', thinking: 'hm', signature: 'xyz' },
        { type: 'tool_use', id: 't', name: 'Edit', input: { type: 'whole', list: [{ id: 'a' }] } },
      ],
    },
    'hm\nEdit\nwhole\na',
  ],
  ['a result', { type: 'tool_result', tool_use_id: 't', content: [{ type: 'text', text: 'done' }] }, 'done'],
  ["Gemini's parts", { parts: [{ text: 'a', thoughtSignature: 's' }, { functionCall: { name: 'f', args: { q: 'b' } } }] }, 'a\nf\nb'], // prettier-ignore
  ['arguments cut short', { arguments: '{"q":"half' }, '{"q":"half'],
  ['numbers', { embedding: [1, 2] }, ''],
])('reads %s', (_name, value, words) => {
  expect(text(value)).toBe(words);
});

it('reads what is no JSON as it is', () => {
  expect(partText('{"content":"ha', 10)).toBe('{"content"');
});

it('stops after so many characters', () => {
  expect(partText(JSON.stringify(['aaaa', 'bbbb', 'cccc']), 7)).toBe('aaaa\nbb');
});
