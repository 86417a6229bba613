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
  ['gpt-oss-120b', 'xhigh', 'high'],
  ['gpt-oss-120b', 'medium', 'medium'],
  ['gpt-oss-120b', 'none', undefined],
  ['zai-glm-4.7', 'high', undefined],
])('%s asked for %j is sent %j', (model, effort, sent) => {
  expect(apply(effort, model)).toEqual({ sent, told: sent === undefined ? 1 : 0 });
});

test('who asks for none stays the very same', () => {
  const body = { model: 'gpt-oss-120b' };
  expect(reasoningEffort.request(body, 'gpt-oss-120b', unexpected)).toBe(body);
});
