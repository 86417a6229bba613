import { describe, expect, it } from 'vitest';
import { readDetails } from './usage.ts';

const of = (kind: string, tokens: unknown) => [
  { modality: 'TEXT', tokenCount: 9 },
  { modality: kind, tokenCount: tokens },
];

describe('what is priced apart', () => {
  it.each([
    ['nothing', {}, undefined],
    ['text alone', { promptTokensDetails: [{ modality: 'TEXT', tokenCount: 9 }] }, undefined],
    [
      'sound, heard, heard from the cache, spoken',
      {
        promptTokensDetails: of('AUDIO', 5),
        cacheTokensDetails: of('AUDIO', 2),
        candidatesTokensDetails: of('AUDIO', 7),
      },
      { audioInput: 5, audioCacheRead: 2, audioOutput: 7 },
    ],
    ['pictures', { candidatesTokensDetails: of('IMAGE', 1_290) }, { imageOutput: 1_290 }],
    ['the usual tier', { serviceTier: 'standard' }, undefined],
    ['another tier', { serviceTier: 'flex' }, { serviceTier: 'flex' }],
    ['counts that are none', { promptTokensDetails: of('AUDIO', 'many') }, undefined],
  ])('%s', (_, usageMetadata, expected) => expect(readDetails({ usageMetadata })).toEqual(expected));
});
