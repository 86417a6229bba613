import { expect, it } from 'vitest';
import { correctionOf, readCorrections } from './corrections.ts';

const read = readCorrections([
  { model: 'OpenAI/gpt-5', context: 8_000 },
  { model: 'openai/gpt-5', context: 4_000, name: 'Five' },
  { model: 'box/org/m', capabilities: [], max_output: 16 },
]);

it.each([
  ['of each fact the first entry counts', 'openai', 'gpt-5', { contextTokens: 8_000, name: 'Five' }],
  ['case means nothing', 'OPENAI', 'GPT-5', { contextTokens: 8_000, name: 'Five' }],
  ['a name may have slashes', 'box', 'org/m', { capabilities: [], maxOutputTokens: 16 }],
  ['others have none', 'openai', 'gpt-5-mini', undefined],
])('%s', (_case, provider, model, expected) => expect(correctionOf(read, provider, model)).toEqual(expected));
