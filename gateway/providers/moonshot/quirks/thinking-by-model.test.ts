import { expect, test } from 'vitest';
import { thinkingByModel } from './thinking-by-model.ts';

test.each([
  ['kimi-k3', 'medium', { reasoning_effort: 'high' }, 0],
  ['kimi-k3', 'none', {}, 1],
  ['kimi-k2.6', 'low', { thinking: { type: 'enabled' } }, 0],
  ['kimi-k2.5', 'none', { thinking: { type: 'disabled' } }, 0],
  ['kimi-k2-thinking', 'high', {}, 1],
  ['moonshot-v1-8k', 'high', {}, 1],
])('%s asked for %s is sent %j', (model, effort, sent, warnings) => {
  const told: string[] = [];
  expect(thinkingByModel.request({ reasoning_effort: effort }, model, ({ text }) => told.push(text))).toEqual(
    sent,
  );
  expect(told).toHaveLength(warnings);
});
