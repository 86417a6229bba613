/** What stands in every request, and where instructions stand. */
import { expect, test } from 'vitest';
import { encode, user } from '../../testing/encode-responses.ts';

test('nothing is stored, and nothing is said that the client did not say', () => {
  const { body, warnings } = encode({ turns: [user({ kind: 'text', text: 'Hi' })] });
  expect(body).toEqual({
    model: 'gpt-4.1',
    input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }],
    stream: true,
    store: false,
  });
  expect(warnings).toEqual([]);
});

test('instructions that are all there is stand in the input, which must not be empty', () => {
  const system = [{ kind: 'text' as const, text: 'Write a title.' }];
  const { body } = encode({ system, turns: [] });
  expect(body['instructions']).toBeUndefined();
  expect(body['input']).toEqual([
    { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'Write a title.' }] },
  ]);
});

test('instructions at the beginning, developer messages in the middle', () => {
  const system = ['Be brief.', '', 'Be kind.'].map((text) => ({ kind: 'text' as const, text }));
  const { body } = encode({ system, turns: [{ role: 'system', parts: [{ kind: 'text', text: 'Now.' }] }] });
  expect(body['instructions']).toBe('Be brief.\n\nBe kind.');
  expect(body['input']).toEqual([
    { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'Now.' }] },
  ]);
});
