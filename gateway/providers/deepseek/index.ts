import type { ProviderDefinition } from '../../core/provider.ts';
import { readBalance } from './quirks/balance.ts';

/** DeepSeek. Takes the base address with and without `/v1`; its documentation names the one without. */
export const deepseek: ProviderDefinition = Object.freeze({
  id: 'deepseek',
  name: 'DeepSeek',
  dialect: 'openai-chat',
  baseUrl: 'https://api.deepseek.com',
  auth: 'bearer',
  local: false,
  signUpUrl: 'https://platform.deepseek.com/api_keys',
  modelsPath: '/models',
  modelsAuth: 'bearer',
  keyProof: { path: '/user/balance', read: readBalance },
  usageOnRequest: true,
  keyVariables: ['DEEPSEEK_API_KEY'],
  headers: {},
});
