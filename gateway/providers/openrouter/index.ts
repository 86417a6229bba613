import type { ProviderDefinition } from '../../core/provider.ts';

/**
 * OpenRouter. Attribution headers (`HTTP-Referer`, `X-Title`) are the user's to set and come from the configuration.
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
  usageOnRequest: true,
  keyVariables: ['OPENROUTER_API_KEY'],
  headers: {},
});
