import { expect, test } from 'vitest';
import { baseOfPasted } from './pasted-address.ts';

test.each([
  ['https://a.example/v1/chat/completions', 'openai-chat', 'https://a.example/v1'],
  ['https://a.example/v1/responses/', 'openai-responses', 'https://a.example/v1'],
  ['https://a.example/v1/messages', 'anthropic-messages', 'https://a.example/v1'],
  ['https://g.example/v1beta/models/gemini-pro:generateContent', 'gemini', 'https://g.example/v1beta'],
  [' https://a.example/v1/ ', 'openai-chat', 'https://a.example/v1'],
  ['https://a.example/models', 'openai-chat', 'https://a.example/models'],
  ['https://a.example/v1/messages', 'openai-chat', 'https://a.example/v1/messages'],
  ['https://a.example/v1/chat/completions#', 'openai-chat', 'https://a.example/v1/chat/completions#'],
] as const)('%s in %s lies at %s', (text, dialect, base) => expect(baseOfPasted(text, [dialect])).toBe(base));

test('a provider of several dialects may be given any of their calls', () =>
  expect(baseOfPasted('https://a.example/v1/responses', ['openai-chat', 'openai-responses'])).toBe(
    'https://a.example/v1',
  ));
