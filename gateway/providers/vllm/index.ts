import { COMPATIBLE_CHAT, type ProviderDefinition } from '../../core/provider.ts';

/** vLLM on the user's machine or network. It has no address of its own here: its usual port is the gateway's. */
export const vllm = Object.freeze<ProviderDefinition>({
  id: 'vllm',
  name: 'vLLM',
  endpoints: [
    { dialect: 'openai-chat', baseUrl: '', auth: 'bearer', countsTokens: false },
    { dialect: 'openai-responses', baseUrl: '', auth: 'bearer', countsTokens: false },
    { dialect: 'anthropic-messages', baseUrl: '', auth: 'bearer', countsTokens: true },
  ],
  addressExample: 'http://localhost:8001/v1',
  keyNeed: 'optional',
  local: true,
  signUpUrl: null,
  keyProof: 'open-list',
  usageOnRequest: true,
  chat: COMPATIBLE_CHAT,
  quirks: [],
  alsoServes: ['completions', 'embeddings', 'audio'],
  keyVariables: [],
  headers: {},
});
