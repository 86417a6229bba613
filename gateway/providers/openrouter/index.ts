import type { ProviderDefinition } from '../../core/provider.ts';
import { readKeyFacts } from './quirks/key-facts.ts';

/**
 * OpenRouter. Attribution headers (`HTTP-Referer`, `X-Title`) are the user's to set and come from the configuration.
 * Its model list is open to anybody; `/key` tells about the key.
 * Recorded streams that asked for usage end with one chunk of `choices: []` and `usage`.
 */
export const openrouter: ProviderDefinition = Object.freeze({
  id: 'openrouter',
  name: 'OpenRouter',
  dialect: 'openai-chat',
  baseUrl: 'https://openrouter.ai/api/v1',
  auth: 'bearer',
  local: false,
  signUpUrl: 'https://openrouter.ai/settings/keys',
  modelsPath: '/models',
  modelsAuth: 'bearer',
  keyProof: { path: '/key', read: readKeyFacts },
  usageOnRequest: true,
  keyVariables: ['OPENROUTER_API_KEY'],
  keyListVariables: ['OPENROUTER_API_KEYS'],
  headers: {},
});
