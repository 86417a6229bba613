import { COMPATIBLE_CHAT, type ProviderDefinition } from '../../core/provider.ts';

/**
 * Perplexity's Agent API, which speaks Responses. Its chat endpoint (Sonar) ended on 27 September 2026. The model
 * list is open to anybody.
 */
export const perplexity = Object.freeze<ProviderDefinition>({
  id: 'perplexity',
  name: 'Perplexity',
  endpoints: [
    {
      dialect: 'openai-responses',
      baseUrl: 'https://api.perplexity.ai/v1',
      auth: 'bearer',
      countsTokens: false,
    },
  ],
  keyNeed: 'required',
  local: false,
  signUpUrl: 'https://www.perplexity.ai/account/api/keys',
  keyProof: 'open-list',
  usageOnRequest: true,
  chat: COMPATIBLE_CHAT,
  quirks: [],
  alsoServes: [],
  keyVariables: ['PERPLEXITY_API_KEY'],
  headers: {},
});
