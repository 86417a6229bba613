import type { ProviderDefinition } from '../../core/provider.ts';

/** Groq. Its streams carry usage in the finish chunk, twice: `usage` and `x_groq.usage`. */
export const groq: ProviderDefinition = Object.freeze({
  id: 'groq',
  name: 'Groq',
  dialect: 'openai-chat',
  baseUrl: 'https://api.groq.com/openai/v1',
  auth: 'bearer',
  local: false,
  signUpUrl: 'https://console.groq.com/keys',
  modelsPath: '/models',
  modelsAuth: 'bearer',
  keyProof: 'guarded-list',
  usageOnRequest: true,
  keyVariables: ['GROQ_API_KEY'],
  headers: {},
});
