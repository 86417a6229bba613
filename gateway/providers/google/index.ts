import { COMPATIBLE_CHAT, type ProviderDefinition } from '../../core/provider.ts';

/** Gemini in its native dialect. */
export const google = Object.freeze<ProviderDefinition>({
  id: 'google',
  name: 'Google Gemini',
  endpoints: [
    {
      dialect: 'gemini',
      baseUrl: 'https://generativelanguage.googleapis.com',
      auth: 'x-goog-api-key',
      countsTokens: true,
    },
  ],
  keyNeed: 'required',
  local: false,
  signUpUrl: 'https://aistudio.google.com/apikey',
  keyProof: 'guarded-list',
  usageOnRequest: true,
  chat: COMPATIBLE_CHAT,
  quirks: [],
  alsoServes: [],
  keyVariables: ['GOOGLE_API_KEY', 'GEMINI_API_KEY'],
  headers: {},
});
