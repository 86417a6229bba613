import { describe, expect, it } from 'vitest';
import { asSentence, midSentence } from './sentence.ts';

describe('words as a sentence', () => {
  it.each([
    ['the name cannot be resolved', 'The name cannot be resolved.'],
    ['HTTP 401: Incorrect API key provided.', 'HTTP 401: Incorrect API key provided.'],
    ['no answer within 10 s ', 'No answer within 10 s.'],
    ['网络不可用。', '网络不可用。'],
    ['', ''],
  ])('%s', (words, sentence) => {
    expect(asSentence(words)).toBe(sentence);
  });
});

describe('a label within a sentence', () => {
  it.each([
    ['Path', 'path'],
    ['Base URL', 'base URL'],
    ['Address of requests in OpenAI Chat', 'address of requests in OpenAI Chat'],
    ['API key', 'API key'],
    ['cURL command', 'cURL command'],
    ['OpenAI key', 'OpenAI key'],
    ['Qwen/Qwen3-8B', 'Qwen/Qwen3-8B'],
    ['A', 'A'],
    ['路径', '路径'],
    ['', ''],
  ])('%s', (label, part) => {
    expect(midSentence(label)).toBe(part);
  });
});
