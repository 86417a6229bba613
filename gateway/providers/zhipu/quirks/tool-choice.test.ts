import type { Warn } from '../../../core/canonical/request.ts';
import { expect, test } from 'vitest';
import { toolChoice } from './tool-choice.ts';

const unexpected: Warn = ({ text }) => expect.fail(text);

const tools = [{ type: 'function', function: { name: 'now' } }];

test('a forced call is left to the model, which is told', () => {
  const told: string[] = [];
  const body = { tools, tool_choice: { type: 'function', function: { name: 'now' } } };
  expect(toolChoice.request(body, 'glm-5', ({ text }) => told.push(text))).toEqual({
    tools,
    tool_choice: 'auto',
  });
  expect(told).toHaveLength(1);
});

test('where nothing may be called there are no tools', () =>
  expect(toolChoice.request({ model: 'glm-5', tools, tool_choice: 'none' }, 'glm-5', unexpected)).toEqual({
    model: 'glm-5',
  }));

test.each([[{ tools }], [{ tools, tool_choice: 'auto' }]])('%j stays the very same', (body) =>
  expect(toolChoice.request(body, 'glm-5', unexpected)).toBe(body),
);
