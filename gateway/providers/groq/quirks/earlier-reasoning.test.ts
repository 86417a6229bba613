import { expect, test } from 'vitest';
import { earlierReasoning } from './earlier-reasoning.ts';

const message = { role: 'assistant', content: 'a' };

test.each([
  ['openai/gpt-oss-120b', { ...message, reasoning: 'Hm.' }],
  ['llama-3.3-70b-versatile', message],
])('%s is sent %j', (model, sent) => {
  const told: string[] = [];
  const asked = { ...message, reasoning: 'Hm.', reasoning_content: 'Hm.', reasoning_details: [] };
  expect(earlierReasoning.request({ messages: [asked] }, model, ({ text }) => told.push(text))).toEqual({
    messages: [sent],
  });
  expect(told).toHaveLength(1);
});
