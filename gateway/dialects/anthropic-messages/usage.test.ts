import { describe, expect, it, test } from 'vitest';
import { countTokens, readDetails, readFigures, writeUsage } from './usage.ts';

test.each([
  [
    { input_tokens: 5, cache_read_input_tokens: 20, cache_creation_input_tokens: 3, output_tokens: 7 },
    { input: 28, cacheRead: 20, cacheWrite: 3, output: 7, reasoning: 0 },
  ],
  [
    { output_tokens: 9, output_tokens_details: { thinking_tokens: 4 } },
    { input: 0, cacheRead: 0, cacheWrite: 0, output: 9, reasoning: 4 },
  ],
  [
    { input_tokens: 1, cache_creation: { ephemeral_5m_input_tokens: 2, ephemeral_1h_input_tokens: 3 } },
    { input: 6, cacheRead: 0, cacheWrite: 5, output: 0, reasoning: 0 },
  ],
  [
    {
      input_tokens: 23,
      output_tokens: 1,
      iterations: [
        { type: 'compaction', input_tokens: 180, cache_read_input_tokens: 20, output_tokens: 3 },
        { type: 'message', input_tokens: 23, output_tokens: 1 },
      ],
    },
    { input: 223, cacheRead: 20, cacheWrite: 0, output: 4, reasoning: 0 },
  ],
  [{ input_tokens: null, output_tokens: 'many' }, null],
  [undefined, null],
])('%j', (usage, counts) => {
  expect(countTokens(readFigures(usage))).toEqual(counts);
});

test('the figures of message_delta override those of message_start one by one', () => {
  const start = readFigures({ input_tokens: 43, cache_read_input_tokens: 10, output_tokens: 1 });
  const delta = readFigures({ input_tokens: 61, output_tokens: 2 });
  expect(countTokens({ ...start, ...delta })).toMatchObject({ input: 71, cacheRead: 10, output: 2 });
});

test('compactions that message_delta tells are added to the input that message_start told', () => {
  const start = readFigures({ input_tokens: 23, output_tokens: 1, iterations: null });
  const delta = readFigures({
    output_tokens: 5,
    iterations: [{ type: 'compaction', input_tokens: 180, output_tokens: 3 }],
  });
  expect(countTokens({ ...start, ...delta })).toMatchObject({ input: 203, output: 8 });
});

test('what is written leaves the cache out of the input', () => {
  const counts = { input: 30, cacheRead: 20, cacheWrite: 4, output: 5, reasoning: 2 };
  expect(writeUsage(counts)).toEqual({
    input_tokens: 6,
    cache_creation_input_tokens: 4,
    cache_read_input_tokens: 20,
    output_tokens: 5,
    output_tokens_details: { thinking_tokens: 2 },
  });
  expect(countTokens(readFigures(writeUsage(counts)))).toEqual(counts);
});

test('nothing known is written as zeros, and never as less', () => {
  expect(writeUsage(null)).toMatchObject({ input_tokens: 0, output_tokens: 0 });
  expect(writeUsage({ input: 3, cacheRead: 9, cacheWrite: 0, output: 0, reasoning: 0 })).toMatchObject({
    input_tokens: 0,
  });
});

describe('what is priced apart', () => {
  it.each([
    ['nothing', { input_tokens: 1, service_tier: 'standard' }, {}],
    ['no usage', null, {}],
    [
      'what was written for an hour',
      { cache_creation: { ephemeral_5m_input_tokens: 3, ephemeral_1h_input_tokens: 4 } },
      { cacheWriteHour: 4 },
    ],
    ['searches', { server_tool_use: { web_search_requests: 2 } }, { webSearches: 2 }],
    ['the usual speed and place', { speed: 'standard', inference_geo: 'not_available' }, {}],
    ['another place', { speed: null, inference_geo: 'us' }, { surcharges: ['us'] }],
    ['another speed too', { speed: 'fast', inference_geo: 'us' }, { surcharges: ['fast', 'us'] }],
    [
      'the longest of several prompts',
      {
        iterations: [
          { type: 'compaction', input_tokens: 180, cache_read_input_tokens: 20 },
          { type: 'message', input_tokens: 23 },
        ],
      },
      { longestPrompt: 200 },
    ],
    ['a single prompt', { iterations: [{ type: 'message', input_tokens: 23 }] }, {}],
    ['a batch', { service_tier: 'batch' }, { serviceTier: 'batch' }],
  ])('%s', (_, usage, expected) => expect(readDetails(usage)).toEqual(expected));
});
