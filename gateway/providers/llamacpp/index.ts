import { COMPATIBLE_CHAT, type ProviderDefinition } from '../../core/provider.ts';

/** The server of llama.cpp (`llama-server`) on the user's machine. It has the model it was started with. */
export const llamacpp = Object.freeze<ProviderDefinition>({
  id: 'llamacpp',
  name: 'llama.cpp',
  endpoints: [
    { dialect: 'openai-chat', baseUrl: 'http://localhost:8080/v1', auth: 'bearer', countsTokens: false },
    { dialect: 'anthropic-messages', baseUrl: 'http://localhost:8080', auth: 'bearer', countsTokens: true },
  ],
  keyNeed: 'optional',
  local: true,
  signUpUrl: null,
  keyProof: 'open-list',
  usageOnRequest: true,
  chat: { ...COMPATIBLE_CHAT, imageUrls: false },
  quirks: [],
  alsoServes: ['completions', 'embeddings'],
  keyVariables: [],
  headers: {},
});
