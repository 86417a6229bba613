import type { Warn } from '../../../core/canonical/request.ts';
import { expect, test } from 'vitest';
import { reasoningEffort } from './reasoning-effort.ts';

const unexpected: Warn = ({ text }) => expect.fail(text);

function apply(effort: unknown, model: string) {
  const told: string[] = [];
  const { reasoning_effort: sent } = reasoningEffort.request(
    { reasoning_effort: effort },
    model,
    ({ text }) => {
      told.push(text);
    },
  );
  return { sent, told: told.length };
}

test.each([
  ['openai/gpt-oss-20b', 'minimal', 'low'],
  ['openai/gpt-oss-20b', 'max', 'high'],
  ['openai/gpt-oss-20b', 'none', undefined],
  ['qwen/qwen3-32b', 'high', 'default'],
  ['qwen/qwen3-32b', 'none', 'none'],
  ['llama-3.3-70b-versatile', 'low', undefined],
])('%s asked for %j is sent %j', (model, effort, sent) => {
  expect(apply(effort, model)).toEqual({ sent, told: sent === undefined ? 1 : 0 });
});

test('who asks for none stays the very same', () => {
  const body = { model: 'openai/gpt-oss-20b' };
  expect(reasoningEffort.request(body, 'openai/gpt-oss-20b', unexpected)).toBe(body);
});
