import { OPENAI_CHAT, OPENAI_TOOL_IDS, type ProviderDefinition } from '../../core/provider.ts';

/** OpenAI's own API. Responses is the dialect in which its models reason and call tools together. */
export const openai = Object.freeze<ProviderDefinition>({
  id: 'openai',
  name: 'OpenAI',
  endpoints: [
    { dialect: 'openai-responses', baseUrl: 'https://api.openai.com/v1', auth: 'bearer', countsTokens: true },
    { dialect: 'openai-chat', baseUrl: 'https://api.openai.com/v1', auth: 'bearer', countsTokens: false },
  ],
  keyNeed: 'required',
  local: false,
  signUpUrl: 'https://platform.openai.com/api-keys',
  keyProof: 'guarded-list',
  usageOnRequest: true,
  chat: { ...OPENAI_CHAT, toolIds: OPENAI_TOOL_IDS },
  quirks: [],
  // Its chat models refuse the old completions, and the models that took them are retired.
  alsoServes: ['embeddings', 'images', 'audio'],
  keyVariables: ['OPENAI_API_KEY'],
  headers: {},
});
