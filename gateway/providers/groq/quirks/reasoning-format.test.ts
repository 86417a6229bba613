import type { Warn } from '../../../core/canonical/request.ts';
import { expect, test } from 'vitest';
import { reasoningFormat } from './reasoning-format.ts';

const unexpected: Warn = ({ text }) => expect.fail(text);

const apply = (body: Readonly<Record<string, unknown>>, model: string) =>
  reasoningFormat.request(body, model, unexpected);

test('reasoning of Qwen is asked for apart from the text', () => {
  expect(apply({ model: 'qwen/qwen3-32b' }, 'qwen/qwen3-32b')).toEqual({
    model: 'qwen/qwen3-32b',
    reasoning_format: 'parsed',
  });
});

test.each([
  ['openai/gpt-oss-120b', {}],
  ['llama-3.3-70b-versatile', {}],
  ['qwen/qwen3-32b', { reasoning_format: 'hidden' }],
  ['qwen/qwen3-32b', { include_reasoning: false }],
])('%s with %j stays the very same', (model, body) => expect(apply(body, model)).toBe(body));
