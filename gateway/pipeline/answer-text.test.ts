import { describe, expect, it } from 'vitest';
import type { BodyCapture } from '../core/log-store.ts';
import { shapes } from '../dialects/index.ts';
import { answerText } from './answer-text.ts';

const capture = (text: string, bytes = Buffer.byteLength(text)): BodyCapture => ({
  chunks: [Buffer.from(text)],
  bytes,
  truncated: false,
  contentType: '',
});
const chunk = (delta: object): string => `data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`;

describe('what an answer said', () => {
  it('is read from a stream: text, thoughts, calls of tools', () => {
    const body = [
      ': hello\n\n',
      chunk({ role: 'assistant', content: '' }),
      chunk({ reasoning_content: 'hmm' }),
      chunk({ content: 'Hi ' }),
      chunk({ content: 'you' }),
      chunk({ tool_calls: [{ index: 0, id: 'c1', function: { name: 'look', arguments: '{"a"' } }] }),
      chunk({ tool_calls: [{ index: 0, function: { arguments: ':1}' } }] }),
      'data: [DONE]\n\n',
    ].join('');
    expect(answerText(shapes['openai-chat'], capture(body))).toEqual({
      said: 'Hi youlook{"a":1}',
      thought: 'hmm',
      scale: 1,
    });
  });

  it('is read from a whole answer', () => {
    const message = { role: 'assistant', content: 'Hi', reasoning_content: 'hmm' };
    const body = JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }] });
    expect(answerText(shapes['openai-chat'], capture(body))).toMatchObject({ said: 'Hi', thought: 'hmm' });
    const claude = JSON.stringify({
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text: 'Hi' }],
    });
    expect(answerText(shapes['anthropic-messages'], capture(claude))).toMatchObject({
      said: 'Hi',
      thought: '',
    });
  });

  it('is read from lines and arrays that no dialect reads', () => {
    const lines =
      '{"message":{"content":"Hi \\"you\\"","thinking":"hmm"}}\n{"response":" and me","done":true}\n';
    expect(answerText(shapes['ollama-chat'], capture(lines))).toMatchObject({
      said: 'Hi "you" and me',
      thought: 'hmm',
    });
    const array =
      '[{"candidates":[{"content":{"parts":[{"text":"Hi"}]}}]},\n{"candidates":[{"content":{"parts":[{"text":" you"}]}}]}]';
    expect(answerText(shapes.gemini, capture(array))).toMatchObject({ said: 'Hi you' });
  });

  it('of one that was cut off is what came of it', () => {
    const whole = JSON.stringify({
      choices: [{ index: 0, message: { content: 'Hi' }, finish_reason: 'stop' }],
    });
    expect(answerText(shapes['openai-chat'], capture(whole.slice(0, -10)))).toMatchObject({ said: 'Hi' });
    const stream = chunk({ content: 'Hi' }) + chunk({ content: ' you' });
    expect(answerText(shapes['openai-chat'], capture(stream.slice(0, -10)))).toMatchObject({
      said: expect.stringContaining('Hi'),
    });
  });

  it('of a very long one is its beginning, and how much longer it was', () => {
    const stream = chunk({ content: 'word ' }).repeat(20_000);
    const { said, scale } = answerText(shapes['openai-chat'], capture(stream));
    expect(said.length * scale).toBeGreaterThan(99_000);
    expect(said.length * scale).toBeLessThan(101_000);
  });

  it('of anything else is nothing', () => {
    for (const body of ['', 'rubbish', '<html>', '{"a":', 'null', '[]']) {
      expect(answerText(shapes['openai-chat'], capture(body))).toMatchObject({ said: '', thought: '' });
    }
  });
});
