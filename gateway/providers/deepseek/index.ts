import { COMPATIBLE_CHAT, type ProviderDefinition } from '../../core/provider.ts';
import { readBalance } from './quirks/balance.ts';
import { reasoningWithCalls } from './quirks/reasoning-with-calls.ts';
import { thinkingMode } from './quirks/thinking-mode.ts';

/**
 * DeepSeek. Takes the base address with and without `/v1`; its documentation names the one without. Its Responses
 * endpoint is left out: it refuses histories in which calls and their results alternate.
 */
export const deepseek = Object.freeze<ProviderDefinition>({
  id: 'deepseek',
  name: 'DeepSeek',
  endpoints: [
    { dialect: 'openai-chat', baseUrl: 'https://api.deepseek.com', auth: 'bearer', countsTokens: false },
    {
      dialect: 'anthropic-messages',
      baseUrl: 'https://api.deepseek.com/anthropic',
      auth: 'x-api-key',
      countsTokens: false,
    },
  ],
  keyNeed: 'required',
  local: false,
  signUpUrl: 'https://platform.deepseek.com/api_keys',
  keyProof: { path: '/user/balance', read: readBalance },
  usageOnRequest: true,
  chat: { ...COMPATIBLE_CHAT, structured: 'json_object' },
  quirks: [thinkingMode, reasoningWithCalls],
  alsoServes: [],
  keyVariables: ['DEEPSEEK_API_KEY'],
  headers: {},
});
