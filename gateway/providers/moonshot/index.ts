import { COMPATIBLE_CHAT, type ProviderDefinition } from '../../core/provider.ts';
import { readBalance } from './quirks/balance.ts';
import { fixedSampling } from './quirks/fixed-sampling.ts';
import { forcedTools } from './quirks/forced-tools.ts';
import { reasoningWithCalls } from './quirks/reasoning-with-calls.ts';
import { thinkingByModel } from './quirks/thinking-by-model.ts';

/**
 * Moonshot, the maker of Kimi, at its international address; in China it is `https://api.moonshot.cn/v1`.
 * Reasoning comes and goes as `reasoning_content`.
 */
export const moonshot = Object.freeze<ProviderDefinition>({
  id: 'moonshot',
  name: 'Moonshot (Kimi)',
  endpoints: [
    { dialect: 'openai-chat', baseUrl: 'https://api.moonshot.ai/v1', auth: 'bearer', countsTokens: false },
    {
      dialect: 'openai-responses',
      baseUrl: 'https://api.moonshot.ai/v1',
      auth: 'bearer',
      countsTokens: false,
    },
    {
      dialect: 'anthropic-messages',
      baseUrl: 'https://api.moonshot.ai/anthropic',
      auth: 'bearer',
      countsTokens: false,
    },
  ],
  keyNeed: 'required',
  local: false,
  signUpUrl: 'https://platform.moonshot.ai/console/api-keys',
  keyProof: { path: '/users/me/balance', read: readBalance },
  usageOnRequest: true,
  chat: { ...COMPATIBLE_CHAT, maxTokens: 'max_completion_tokens' },
  quirks: [thinkingByModel, fixedSampling, forcedTools, reasoningWithCalls],
  alsoServes: [],
  keyVariables: ['MOONSHOT_API_KEY'],
  headers: {},
});
