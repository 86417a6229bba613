import { describe, expect, it } from 'vitest';
import { asSentence } from './sentence.ts';

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
