import { COMPATIBLE_CHAT, type ProviderDefinition } from '../../core/provider.ts';

/** Together. Its model list is a bare array. */
export const together = Object.freeze<ProviderDefinition>({
  id: 'together',
  name: 'Together AI',
  endpoints: [
    { dialect: 'openai-chat', baseUrl: 'https://api.together.ai/v1', auth: 'bearer', countsTokens: false },
  ],
  keyNeed: 'required',
  local: false,
  signUpUrl: 'https://api.together.ai/settings/api-keys',
  keyProof: 'guarded-list',
  usageOnRequest: true,
  chat: { ...COMPATIBLE_CHAT, reasoningBack: 'none' },
  quirks: [],
  alsoServes: ['completions', 'embeddings', 'images', 'audio'],
  keyVariables: ['TOGETHER_API_KEY'],
  headers: {},
});
