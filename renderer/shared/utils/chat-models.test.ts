import { expect, it } from 'vitest';
import type { ModelView } from '../../../contract/rpc/procedures/models.ts';
import { chatModels } from './chat-models.ts';

function model(id: string, output: number | null, usable = true): ModelView {
  const [provider = '', name = ''] = id.split('/');
  return {
    id,
    provider,
    providerName: provider,
    model: name,
    name: null,
    contextTokens: null,
    maxOutputTokens: null,
    price:
      output === null
        ? null
        : { input: 1, output, cacheRead: null, cacheWrite: null, source: 'catalogue', tiered: false },
    capabilities: null,
    outputs: null,
    favourite: false,
    releasedAt: null,
    usable,
    local: false,
    aliases: [],
    demo: false,
  };
}

it("begins with the provider's cheapest model that chats and can be used", () => {
  const models = [
    model('groq/llama', 0.1),
    model('openai/unknown', null),
    model('openai/gpt-5', 10),
    model('openai/text-embedding-3', 0.02),
    model('openai/gpt-5-mini', 2),
    model('openai/off', 0.01, false),
  ];
  expect(chatModels(models, 'openai')).toEqual([
    'openai/gpt-5-mini',
    'openai/gpt-5',
    'openai/unknown',
    'groq/llama',
  ]);
  expect(chatModels(models, null)[0]).toBe('groq/llama');
  expect(chatModels([], 'openai')).toEqual([]);
});
