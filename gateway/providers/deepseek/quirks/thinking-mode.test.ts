import type { Warn } from '../../../core/canonical/request.ts';
import { expect, test } from 'vitest';
import { thinkingMode } from './thinking-mode.ts';

const unexpected: Warn = ({ text }) => expect.fail(text);

const asked = (body: Readonly<Record<string, unknown>>) =>
  thinkingMode.request(body, 'deepseek-chat', unexpected);

test.each([
  [{ reasoning_effort: 'none' }, { thinking: { type: 'disabled' } }],
  [{ reasoning_effort: 'medium' }, { thinking: { type: 'enabled' }, reasoning_effort: 'high' }],
  [
    { reasoning_effort: 'xhigh', n: 1 },
    { n: 1, thinking: { type: 'enabled' }, reasoning_effort: 'max' },
  ],
])('%j becomes %j', (body, expected) => expect(asked(body)).toEqual(expected));

test('who says nothing of it changes nothing', () => {
  const body = { model: 'deepseek-chat' };
  expect(asked(body)).toBe(body);
});
