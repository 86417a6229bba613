import type { ProviderDefinition } from '../../core/provider.ts';

/**
 * Anthropic through its OpenAI-compatible endpoint; its native dialect comes with a later release.
 * The endpoint's documentation lists `stream_options` as supported. The model list belongs to the native API: it
 * wants the key in `x-api-key` and a version header, and more than its default of 20 models must be asked for.
 */
export const anthropic: ProviderDefinition = Object.freeze({
  id: 'anthropic',
  name: 'Anthropic',
  dialect: 'openai-chat',
  baseUrl: 'https://api.anthropic.com/v1',
  auth: 'bearer',
  local: false,
  signUpUrl: 'https://platform.claude.com/settings/keys',
  modelsPath: '/models?limit=1000',
  modelsAuth: 'x-api-key',
  keyProof: 'guarded-list',
  usageOnRequest: true,
  keyVariables: ['ANTHROPIC_API_KEY'],
  headers: { 'anthropic-version': '2023-06-01' },
});
