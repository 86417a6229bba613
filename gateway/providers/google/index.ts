import type { ProviderDefinition } from '../../core/provider.ts';

/**
 * Gemini through Google's OpenAI-compatible endpoint; its native dialect comes with a later release.
 * The endpoint's reference lists `stream_options`.
 */
export const google: ProviderDefinition = Object.freeze({
  id: 'google',
  name: 'Google Gemini',
  dialect: 'openai-chat',
  baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
  auth: 'bearer',
  local: false,
  signUpUrl: 'https://aistudio.google.com/apikey',
  modelsPath: '/models',
  modelsAuth: 'bearer',
  keyProof: 'guarded-list',
  usageOnRequest: true,
  keyVariables: ['GOOGLE_API_KEY', 'GEMINI_API_KEY'],
  headers: {},
});
