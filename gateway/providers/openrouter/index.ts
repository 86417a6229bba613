import { COMPATIBLE_CHAT, type ProviderDefinition } from '../../core/provider.ts';
import { readKeyFacts } from './quirks/key-facts.ts';

/**
 * OpenRouter. Attribution headers (`HTTP-Referer`, `X-Title`) are the user's to set and come from the
 * configuration. Its model list is open to anybody; `/key` tells about the key. Its Anthropic endpoint wants the
 * key as a bearer token. Recorded streams that asked for usage end with one chunk of `choices: []` and `usage`.
 */
export const openrouter = Object.freeze<ProviderDefinition>({
  id: 'openrouter',
  name: 'OpenRouter',
  endpoints: [
    { dialect: 'openai-chat', baseUrl: 'https://openrouter.ai/api/v1', auth: 'bearer', countsTokens: false },
    {
      dialect: 'openai-responses',
      baseUrl: 'https://openrouter.ai/api/v1',
      auth: 'bearer',
      countsTokens: false,
    },
    {
      dialect: 'anthropic-messages',
      baseUrl: 'https://openrouter.ai/api',
      auth: 'bearer',
      countsTokens: false,
    },
  ],
  keyNeed: 'required',
  local: false,
  signUpUrl: 'https://openrouter.ai/settings/keys',
  keyProof: { path: '/key', read: readKeyFacts },
  usageOnRequest: true,
  chat: { ...COMPATIBLE_CHAT, reasoningBack: 'reasoning_details', reasoningWish: 'reasoning' },
  quirks: [],
  alsoServes: ['completions', 'embeddings'],
  keyVariables: ['OPENROUTER_API_KEY'],
  keyListVariables: ['OPENROUTER_API_KEYS'],
  headers: {},
});
