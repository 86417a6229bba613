import type { ProviderDefinition } from '../../core/provider.ts';

/**
 * Any server that speaks this dialect, at the address the user gives: vLLM, llama.cpp, LiteLLM, a company's own.
 * Usage is asked for, as the wide-spread coding tools do with every compatible server; one that refuses
 * `stream_options` needs `request_usage: false`.
 */
export const custom: ProviderDefinition = Object.freeze({
  id: 'custom',
  name: 'Custom',
  dialect: 'openai-chat',
  baseUrl: '',
  auth: 'optional-bearer',
  local: false,
  signUpUrl: null,
  modelsPath: '/models',
  modelsAuth: 'bearer',
  keyProof: 'open-list',
  usageOnRequest: true,
  keyVariables: [],
  headers: {},
});
