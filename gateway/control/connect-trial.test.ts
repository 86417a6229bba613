import { describe, expect, it } from 'vitest';
import { answerText, errorText, testRequest } from './connect-trial.ts';

describe('the request of a test', () => {
  it.each([
    ['openai-chat', '/v1/chat/completions', 'authorization', 'Bearer k'],
    ['openai-responses', '/v1/responses', 'authorization', 'Bearer k'],
    ['anthropic-messages', '/v1/messages', 'authorization', 'Bearer k'],
    ['gemini', '/v1beta/models/a/b%3Fc:generateContent', 'x-goog-api-key', 'k'],
  ] as const)('%s goes to %s with its key in %s', (dialect, path, header, value) => {
    const request = testRequest(dialect, 'a/b?c', 'k');
    expect(request.path).toBe(path);
    expect(request.headers[header]).toBe(value);
    expect(request.body).toContain('ready');
  });
});

describe('the answer of a test', () => {
  it.each([
    ['chat', { choices: [{ message: { role: 'assistant', content: 'ready' } }] }],
    ['chat in parts', { choices: [{ message: { content: [{ type: 'text', text: 'ready' }] } }] }],
    [
      'responses',
      {
        output: [
          { type: 'reasoning', content: [{ type: 'reasoning_text', text: 'hm' }] },
          { type: 'message', content: [{ type: 'output_text', text: 'ready' }] },
        ],
      },
    ],
    [
      'messages',
      {
        content: [
          { type: 'thinking', thinking: 'hm' },
          { type: 'text', text: 'ready' },
        ],
      },
    ],
    ['gemini', { candidates: [{ content: { parts: [{ text: 'hm', thought: true }, { text: 'ready' }] } }] }],
  ])('of %s', (_, body) => expect(answerText(body)).toBe('ready'));

  it('may be empty, and an error has a sentence', () => {
    expect(answerText({ content: [] })).toBe('');
    expect(errorText({ error: { message: 'No such model.' } })).toBe('No such model.');
    expect(errorText('busy')).toBeNull();
  });
});
