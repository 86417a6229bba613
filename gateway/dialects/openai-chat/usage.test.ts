import { describe, expect, test } from 'vitest';
import { readUsage } from './usage.ts';

const NONE = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };

describe('readUsage', () => {
  test.each([
    ['nothing', {}, null],
    ['null', { usage: null }, null],
    ['no counts', { usage: { cost: 1 } }, null],
    ['nonsense', { usage: { prompt_tokens: -1, completion_tokens: 'x' } }, null],
    ['plain counts', { usage: { prompt_tokens: 3, completion_tokens: 4 } }, { ...NONE, input: 3, output: 4 }],
    [
      'OpenAI with details',
      {
        usage: {
          prompt_tokens: 100,
          completion_tokens: 50,
          total_tokens: 150,
          prompt_tokens_details: { cached_tokens: 64, audio_tokens: 0 },
          completion_tokens_details: { reasoning_tokens: 40 },
        },
      },
      { input: 100, cacheRead: 64, cacheWrite: 0, output: 50, reasoning: 40 },
    ],
    [
      'OpenRouter with cache writes',
      {
        usage: {
          prompt_tokens: 9,
          completion_tokens: 1,
          prompt_tokens_details: { cached_tokens: 2, cache_write_tokens: 7 },
        },
      },
      { ...NONE, input: 9, cacheRead: 2, cacheWrite: 7, output: 1 },
    ],
    [
      'DeepSeek',
      {
        usage: {
          prompt_tokens: 18,
          completion_tokens: 2,
          prompt_cache_hit_tokens: 10,
          prompt_cache_miss_tokens: 8,
        },
      },
      { ...NONE, input: 18, cacheRead: 10, output: 2 },
    ],
    [
      'Moonshot',
      { usage: { prompt_tokens: 90, completion_tokens: 5, cached_tokens: 64 } },
      { ...NONE, input: 90, cacheRead: 64, output: 5 },
    ],
    [
      'Moonshot, in the last choice of a stream',
      {
        choices: [
          { index: 0, delta: {}, finish_reason: 'stop', usage: { prompt_tokens: 12, completion_tokens: 5 } },
        ],
      },
      { ...NONE, input: 12, output: 5 },
    ],
    [
      'xAI, whose completion tokens leave reasoning out',
      {
        usage: {
          prompt_tokens: 12,
          completion_tokens: 1,
          total_tokens: 303,
          completion_tokens_details: { reasoning_tokens: 290 },
        },
      },
      { ...NONE, input: 12, output: 291, reasoning: 290 },
    ],
    [
      'OpenRouter, whose reasoning may exceed the completion',
      {
        usage: {
          prompt_tokens: 43,
          completion_tokens: 10,
          total_tokens: 53,
          completion_tokens_details: { reasoning_tokens: 11 },
        },
      },
      { ...NONE, input: 43, output: 10, reasoning: 11 },
    ],
    [
      'Groq alone',
      { x_groq: { usage: { prompt_tokens: 5, completion_tokens: 6 } } },
      { ...NONE, input: 5, output: 6 },
    ],
    [
      'null details',
      {
        usage: {
          prompt_tokens: 1,
          completion_tokens: 1,
          prompt_tokens_details: null,
          completion_tokens_details: null,
        },
      },
      { ...NONE, input: 1, output: 1 },
    ],
  ])('%s', (_, answer, expected) => {
    expect(readUsage(answer)).toEqual(expected);
  });
});
