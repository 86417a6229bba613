import type { ProviderDefinition } from '../../core/provider.ts';

/** OpenAI's own API. */
export const openai: ProviderDefinition = Object.freeze({
  id: 'openai',
  name: 'OpenAI',
  dialect: 'openai-chat',
  baseUrl: 'https://api.openai.com/v1',
  auth: 'bearer',
  local: false,
  signUpUrl: 'https://platform.openai.com/api-keys',
  modelsPath: '/models',
  modelsAuth: 'bearer',
  keyProof: 'guarded-list',
  usageOnRequest: true,
  keyVariables: ['OPENAI_API_KEY'],
  headers: {},
});
