import { expect, test } from 'vitest';
import { wrapSignature } from '../../core/canonical/signature.ts';
import { withoutReasoning } from './reasoning-members.ts';

const WRAPPED = wrapSignature({ format: 'anthropic', value: 's', id: null, origin: null });
const ours = { type: 'reasoning.encrypted', data: WRAPPED, index: 0 };
const native = { type: 'reasoning.text', text: 'hm', signature: 'abc', index: 1 };
const call = (signature: string) => ({
  id: 'a',
  type: 'function',
  function: { name: 'f', arguments: '{}' },
  extra_content: { google: { thought_signature: signature } },
});
const request = (message: object) => ({ model: 'm', messages: [{ role: 'user', content: 'hi' }, message] });

test('what is foreign goes, and its words when it was all there is', () => {
  const message = {
    role: 'assistant',
    content: 'a',
    reasoning_content: 'hm',
    reasoning_details: [ours, native],
  };
  expect(withoutReasoning(request(message), 'foreign')).toEqual(
    request({ ...message, reasoning_details: [native] }),
  );
  const rest = { role: 'assistant', content: 'a' };
  expect(withoutReasoning(request({ ...message, reasoning_details: [ours] }), 'foreign')).toEqual(
    request(rest),
  );
});

test('all of it goes with the text that repeats it', () => {
  const message = { role: 'assistant', content: 'a', reasoning: 'hm', reasoning_details: [native] };
  expect(withoutReasoning(request(message), 'all')).toEqual(request({ role: 'assistant', content: 'a' }));
});

test('signatures of calls', () => {
  const bare = { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } };
  const message = { role: 'assistant', content: null, tool_calls: [call(WRAPPED), call('native')] };
  expect(withoutReasoning(request(message), 'foreign')).toEqual(
    request({ ...message, tool_calls: [bare, call('native')] }),
  );
  expect(withoutReasoning(request(message), 'all')).toEqual(
    request({ ...message, tool_calls: [bare, bare] }),
  );
});

test.each([
  [{ role: 'assistant', content: 'a', reasoning_content: 'hm' }],
  [{ role: 'assistant', content: 'a', reasoning_details: [] }],
  [{ role: 'assistant', content: 'a' }],
])('%j stays the very same', (message) => {
  const body = request(message);
  expect(withoutReasoning(body, 'foreign')).toBe(body);
  expect(withoutReasoning(body, 'all')).toBe(body);
});
