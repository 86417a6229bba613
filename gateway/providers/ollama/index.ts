import type { ProviderDefinition } from '../../core/provider.ts';

/** Ollama on the user's machine, through its OpenAI-compatible endpoint. Any key is accepted, none is needed. */
export const ollama: ProviderDefinition = Object.freeze({
  id: 'ollama',
  name: 'Ollama',
  dialect: 'openai-chat',
  baseUrl: 'http://localhost:11434/v1',
  auth: 'optional-bearer',
  local: true,
  signUpUrl: null,
  modelsPath: '/models',
  modelsAuth: 'bearer',
  keyProof: 'open-list',
  usageOnRequest: true,
  keyVariables: ['OLLAMA_API_KEY'],
  headers: {},
});
