import type { ProviderDefinition } from '../../core/provider.ts';

/** LM Studio's local server. Any key is accepted, none is needed. */
export const lmstudio: ProviderDefinition = Object.freeze({
  id: 'lmstudio',
  name: 'LM Studio',
  dialect: 'openai-chat',
  baseUrl: 'http://localhost:1234/v1',
  auth: 'optional-bearer',
  local: true,
  signUpUrl: null,
  modelsPath: '/models',
  modelsAuth: 'bearer',
  keyProof: 'open-list',
  usageOnRequest: true,
  keyVariables: [],
  headers: {},
});
