/** Conversations keep their name while they grow, and differ by what the user said first. */
import { describe, expect, it } from 'vitest';
import { scanBody } from './scan-body.ts';
import { beginningOf } from './conversation-name.ts';

const name = (body: object): string => beginningOf(scanBody(Buffer.from(JSON.stringify(body))));
const said = (role: string, text: string) => ({ role, content: text });
const long = 'be careful '.repeat(3_000);

describe('a conversation keeps its name while it grows', () => {
  it.each([
    ['chat', 'messages', [said('system', 'S'), said('user', 'hi')], said('assistant', 'yes')],
    ['Anthropic', 'messages', [said('user', 'hi')], { content: [{ type: 'tool_use' }], role: 'assistant' }],
    [
      'Responses',
      'input',
      [said('developer', 'D'), { type: 'message', ...said('user', 'hi') }],
      { type: 'reasoning', encrypted_content: 'x' },
    ],
    ['Gemini', 'contents', [{ parts: [{ text: 'hi' }] }], { role: 'model', parts: [{ text: 'yes' }] }],
  ])('%s', (_name, member, beginning, answer) => {
    const first = name({ model: 'm', [member]: beginning });
    expect(name({ model: 'n', [member]: [...beginning, answer, ...beginning] })).toBe(first);
    expect(name({ [member]: [...beginning, { ...answer, more: 1 }], tools: [] })).toBe(first);
    expect(name({ [member]: [...beginning, said('user', 'another question')] })).not.toBe(first);
  });

  it('though marks of a cache move', () => {
    const block = { type: 'text', text: 'hi' };
    const marked = { ...block, cache_control: { type: 'ephemeral' } };
    expect(name({ messages: [{ role: 'user', content: [marked] }] })).toBe(
      name({ messages: [{ role: 'user', content: [block] }, said('assistant', 'yes')] }),
    );
  });

  it('though the user began with a whole book', () => {
    const book = said('user', long);
    expect(name({ messages: [book] })).toBe(name({ messages: [book, said('assistant', 'yes')] }));
  });
});

it('instructions, which many conversations share, do not count', () => {
  const one = name({ messages: [said('system', long), said('user', 'one')] });
  expect(name({ messages: [said('system', long), said('user', 'two')] })).not.toBe(one);
  expect(name({ messages: [said('system', 'new day'), said('user', 'one')] })).toBe(one);
});

it.each([{ input: 'a text' }, { input: 'another' }, { messages: [] }, {}])('%j has one too', (body) => {
  expect(name(body)).toMatch(/^\S{20,}$/);
});
