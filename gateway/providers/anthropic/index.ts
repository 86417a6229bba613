import { COMPATIBLE_CHAT, type ProviderDefinition } from '../../core/provider.ts';

/** Anthropic in its native dialect. */
export const anthropic = Object.freeze<ProviderDefinition>({
  id: 'anthropic',
  name: 'Anthropic',
  endpoints: [
    {
      dialect: 'anthropic-messages',
      baseUrl: 'https://api.anthropic.com',
      auth: 'x-api-key',
      countsTokens: true,
    },
  ],
  keyNeed: 'required',
  local: false,
  signUpUrl: 'https://platform.claude.com/settings/keys',
  keyProof: 'guarded-list',
  usageOnRequest: true,
  chat: COMPATIBLE_CHAT,
  quirks: [],
  alsoServes: [],
  keyVariables: ['ANTHROPIC_API_KEY'],
  headers: {},
});
