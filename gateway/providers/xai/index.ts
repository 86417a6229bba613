import { COMPATIBLE_CHAT, type ProviderDefinition } from '../../core/provider.ts';
import { chatEffort, responsesEffort } from './quirks/reasoning-effort.ts';
import { reasoningModels } from './quirks/reasoning-models.ts';

/**
 * xAI. Its documentation calls chat deprecated and wants Responses, where reasoning is carried between turns. Its
 * Anthropic layer is deprecated too and left out.
 */
export const xai = Object.freeze<ProviderDefinition>({
  id: 'xai',
  name: 'xAI',
  endpoints: [
    { dialect: 'openai-responses', baseUrl: 'https://api.x.ai/v1', auth: 'bearer', countsTokens: false },
    { dialect: 'openai-chat', baseUrl: 'https://api.x.ai/v1', auth: 'bearer', countsTokens: false },
  ],
  keyNeed: 'required',
  local: false,
  signUpUrl: 'https://console.x.ai',
  keyProof: 'guarded-list',
  usageOnRequest: true,
  chat: { ...COMPATIBLE_CHAT, maxTokens: 'max_completion_tokens' },
  quirks: [reasoningModels, responsesEffort, chatEffort],
  alsoServes: ['images'],
  keyVariables: ['XAI_API_KEY'],
  headers: {},
});
