import { COMPATIBLE_CHAT, type ProviderDefinition } from '../../core/provider.ts';

/**
 * Any server, at the address and in the dialect that the configuration gives: LiteLLM, a company's own, a provider
 * that is not built in. Usage is asked for, as the wide-spread coding tools do with every compatible server; one
 * that refuses `stream_options` needs `request_usage: false`.
 */
export const custom = Object.freeze<ProviderDefinition>({
  id: 'custom',
  name: 'Custom',
  endpoints: [
    { dialect: 'openai-chat', baseUrl: '', auth: 'bearer', countsTokens: false },
    { dialect: 'openai-responses', baseUrl: '', auth: 'bearer', countsTokens: false },
    { dialect: 'anthropic-messages', baseUrl: '', auth: 'x-api-key', countsTokens: false },
    { dialect: 'gemini', baseUrl: '', auth: 'x-goog-api-key', countsTokens: false },
  ],
  keyNeed: 'optional',
  local: false,
  signUpUrl: null,
  keyProof: 'open-list',
  usageOnRequest: true,
  chat: COMPATIBLE_CHAT,
  quirks: [],
  alsoServes: ['completions', 'embeddings', 'images', 'audio'],
  keyVariables: [],
  headers: {},
});
