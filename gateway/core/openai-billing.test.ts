import { describe, expect, it } from 'vitest';
import { readBilling } from './openai-billing.ts';

const search = (status: string, type: string) => ({ type: 'web_search_call', status, action: { type } });

describe('what an answer tells of money', () => {
  it.each([
    ['nothing', { usage: { prompt_tokens: 1 } }, {}],
    ['no usage', { usage: null }, {}],
    ['OpenRouter', { usage: { cost: 0.01, is_byok: false } }, { cost: 0.01 }],
    ['OpenRouter, free', { usage: { cost: 0 } }, { cost: 0 }],
    [
      'OpenRouter with a key of the user’s own',
      { usage: { cost: 0.001, is_byok: true, cost_details: { upstream_inference_cost: 0.02 } } },
      { cost: 0.021 },
    ],
    [
      'OpenRouter, what the provider behind it takes of OpenRouter',
      { usage: { cost: 0.001, is_byok: false, cost_details: { upstream_inference_cost: 0.02 } } },
      { cost: 0.001 },
    ],
    ['xAI', { usage: { cost_in_usd_ticks: 1_466_250 } }, { cost: 0.000146625 }],
    ['Perplexity', { usage: { cost: { input_tokens_cost: 0.1, total_cost: 0.3 } } }, { cost: 0.3 }],
    ['a figure that is none', { usage: { cost: -1 } }, {}],
    ['a text for a figure', { usage: { cost: '1' } }, {}],
    ['the usual tier', { service_tier: 'default', usage: {} }, {}],
    ['another tier', { service_tier: 'flex', usage: {} }, { details: { serviceTier: 'flex' } }],
    [
      'sound and pictures of chat',
      {
        usage: {
          prompt_tokens_details: { audio_tokens: 3, image_tokens: 4 },
          completion_tokens_details: { audio_tokens: 5, image_tokens: 0 },
        },
      },
      { details: { audioInput: 3, imageInput: 4, audioOutput: 5 } },
    ],
    [
      'searches of a response: those that were made, not the pages that were opened',
      {
        usage: {},
        output: [
          search('completed', 'search'),
          search('completed', 'open_page'),
          search('completed', 'find_in_page'),
          search('failed', 'search'),
          { type: 'web_search_call', status: 'completed' },
          { type: 'message', status: 'completed' },
        ],
      },
      { details: { webSearches: 2 } },
    ],
    [
      'searches that OpenAI counted itself',
      { usage: {}, output: [search('completed', 'search')], tool_usage: { web_search: { num_requests: 3 } } },
      { details: { webSearches: 3 } },
    ],
    ['searches that there were none of', { usage: {}, tool_usage: { web_search: { num_requests: 0 } } }, {}],
    [
      'searches of OpenRouter',
      { usage: { server_tool_use: { web_search_requests: 2 } } },
      { details: { webSearches: 2 } },
    ],
    ['searches of Perplexity', { usage: { num_search_queries: 4 } }, { details: { webSearches: 4 } }],
    [
      'sound of a transcription',
      {
        usage: {
          type: 'tokens',
          input_tokens: 14,
          input_token_details: { text_tokens: 2, audio_tokens: 12 },
        },
      },
      { details: { audioInput: 12 } },
    ],
    [
      'pictures of a response',
      { usage: { output_tokens_details: { image_tokens: 6 } } },
      { details: { imageOutput: 6 } },
    ],
  ])('%s', (_, answer, expected) => expect(readBilling(answer)).toEqual(expected));
});
