import { expect, it } from 'vitest';
import { readListedPrice } from './read-listed-price.ts';

const SONNET = {
  prompt: '0.000003',
  completion: '0.000015',
  web_search: '0.01',
  input_cache_read: '0.0000003',
  input_cache_write: '0.00000375',
  input_cache_write_1h: '0.000006',
};

it('reads dollars per token as dollars per million, with what is priced apart', () => {
  const gemini = {
    prompt: '0.0000003',
    completion: '0.0000025',
    audio: '0.000001',
    input_audio_cache: '0.0000001',
    internal_reasoning: '0.0000025',
    input_cache_write: '0.00000008333333333333334',
    image_output: '0.00003',
  };
  expect(readListedPrice(gemini)).toEqual({
    input: 0.3,
    output: 2.5,
    cacheRead: null,
    cacheWrite: 0.083333,
    reasoning: 2.5,
    audioInput: 1,
    audioCacheRead: 0.1,
    imageOutput: 30,
    source: 'provider',
    tiered: false,
  });
});

it('tiers begin with the number they name, and keep what they do not say', () => {
  const overrides = [
    { min_prompt_tokens: 500_000, prompt: '0.000012' },
    { min_prompt_tokens: 200_000, prompt: '0.000006', completion: '0.0000225' },
    { for_everybody: true },
  ];
  const rest = { cacheRead: 0.3, cacheWrite: 3.75, cacheWriteHour: 6, webSearch: 10_000 };
  expect(readListedPrice({ ...SONNET, overrides })).toEqual({
    ...rest,
    input: 3,
    output: 15,
    source: 'provider',
    tiered: true,
    tiers: [
      { ...rest, fromTokens: 200_000, input: 6, output: 22.5 },
      { ...rest, fromTokens: 500_000, input: 12, output: 15 },
    ],
  });
});

it.each([
  ['no prices', undefined],
  ['prices of no text', { image: '1' }],
  ['prices nobody knows', { prompt: '-1', completion: '-1' }],
])('%s are none', (_, pricing) => expect(readListedPrice(pricing)).toBeUndefined());
