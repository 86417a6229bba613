import { COMPATIBLE_CHAT, type ProviderDefinition } from '../../core/provider.ts';

/** Ollama on the user's machine. Any key is accepted, none is needed. It fetches no images. */
export const ollama = Object.freeze<ProviderDefinition>({
  id: 'ollama',
  name: 'Ollama',
  endpoints: [
    { dialect: 'openai-chat', baseUrl: 'http://localhost:11434/v1', auth: 'bearer', countsTokens: false },
    { dialect: 'anthropic-messages', baseUrl: 'http://localhost:11434', auth: 'bearer', countsTokens: false },
    {
      dialect: 'openai-responses',
      baseUrl: 'http://localhost:11434/v1',
      auth: 'bearer',
      countsTokens: false,
    },
  ],
  keyNeed: 'optional',
  local: true,
  signUpUrl: null,
  keyProof: 'open-list',
  usageOnRequest: true,
  chat: { ...COMPATIBLE_CHAT, reasoningBack: 'none', imageUrls: false },
  quirks: [],
  alsoServes: ['completions', 'embeddings'],
  keyVariables: ['OLLAMA_API_KEY'],
  headers: {},
});
