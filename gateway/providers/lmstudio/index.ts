import { COMPATIBLE_CHAT, type ProviderDefinition } from '../../core/provider.ts';

/** LM Studio's local server. Any key is accepted, none is needed unless it was told to ask for one. */
export const lmstudio = Object.freeze<ProviderDefinition>({
  id: 'lmstudio',
  name: 'LM Studio',
  endpoints: [
    { dialect: 'openai-chat', baseUrl: 'http://localhost:1234/v1', auth: 'bearer', countsTokens: false },
    { dialect: 'openai-responses', baseUrl: 'http://localhost:1234/v1', auth: 'bearer', countsTokens: false },
    { dialect: 'anthropic-messages', baseUrl: 'http://localhost:1234', auth: 'bearer', countsTokens: false },
  ],
  keyNeed: 'optional',
  local: true,
  signUpUrl: null,
  keyProof: 'open-list',
  usageOnRequest: true,
  chat: { ...COMPATIBLE_CHAT, reasoningBack: 'none', imageUrls: false },
  quirks: [],
  alsoServes: ['completions', 'embeddings'],
  keyVariables: [],
  headers: {},
});
