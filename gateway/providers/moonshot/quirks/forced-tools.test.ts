import type { Warn } from '../../../core/canonical/request.ts';
import { expect, test } from 'vitest';
import { forcedTools } from './forced-tools.ts';

const unexpected: Warn = ({ text }) => expect.fail(text);

const named = { type: 'function', function: { name: 'now' } };

test.each([['required'], [named]])('%j is left to the model, which is told', (choice) => {
  const told: string[] = [];
  expect(forcedTools.request({ tool_choice: choice }, 'kimi-k2.6', ({ text }) => told.push(text))).toEqual({
    tool_choice: 'auto',
  });
  expect(told).toHaveLength(1);
});

test.each([
  ['kimi-k2.6', { tool_choice: 'none' }],
  ['kimi-k2.6', { tool_choice: 'required', thinking: { type: 'disabled' } }],
  ['moonshot-v1-8k', { tool_choice: 'required' }],
])('%s with %j stays the very same', (model, body) =>
  expect(forcedTools.request(body, model, unexpected)).toBe(body),
);
