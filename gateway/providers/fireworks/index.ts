import { COMPATIBLE_CHAT, type ProviderDefinition } from '../../core/provider.ts';

/** Fireworks. Models are named by their path: `accounts/fireworks/models/...`. Both endpoints take a bearer token. */
export const fireworks = Object.freeze<ProviderDefinition>({
  id: 'fireworks',
  name: 'Fireworks AI',
  endpoints: [
    {
      dialect: 'openai-chat',
      baseUrl: 'https://api.fireworks.ai/inference/v1',
      auth: 'bearer',
      countsTokens: false,
    },
    {
      dialect: 'anthropic-messages',
      baseUrl: 'https://api.fireworks.ai/inference',
      auth: 'bearer',
      countsTokens: false,
    },
  ],
  keyNeed: 'required',
  local: false,
  signUpUrl: 'https://app.fireworks.ai/settings/users/api-keys',
  keyProof: 'guarded-list',
  usageOnRequest: true,
  chat: COMPATIBLE_CHAT,
  quirks: [],
  alsoServes: ['completions', 'embeddings'],
  keyVariables: ['FIREWORKS_API_KEY'],
  headers: {},
});
