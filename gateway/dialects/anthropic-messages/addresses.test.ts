import { expect, test } from 'vitest';
import { chatUrl, countUrl, modelsUrl } from './addresses.ts';

test.each(['https://api.anthropic.com', 'https://api.anthropic.com/v1'])('below %s', (base) => {
  expect(chatUrl(base)).toBe('https://api.anthropic.com/v1/messages');
  expect(modelsUrl(base)).toBe('https://api.anthropic.com/v1/models?limit=1000');
  expect(countUrl(base)).toBe('https://api.anthropic.com/v1/messages/count_tokens');
});

test('a longer address keeps what stands before the version', () => {
  expect(chatUrl('https://openrouter.ai/api')).toBe('https://openrouter.ai/api/v1/messages');
});
