import { COMPATIBLE_CHAT, type ProviderDefinition } from '../../core/provider.ts';
import { earlierReasoning } from './quirks/earlier-reasoning.ts';
import { reasoningEffort } from './quirks/reasoning-effort.ts';
import { refusedMembers } from './quirks/refused-members.ts';

/** Cerebras. Does not know the developer role: system messages stand at its level there. */
export const cerebras = Object.freeze<ProviderDefinition>({
  id: 'cerebras',
  name: 'Cerebras',
  endpoints: [
    { dialect: 'openai-chat', baseUrl: 'https://api.cerebras.ai/v1', auth: 'bearer', countsTokens: false },
  ],
  keyNeed: 'required',
  local: false,
  signUpUrl: 'https://cloud.cerebras.ai',
  keyProof: 'guarded-list',
  usageOnRequest: true,
  chat: { ...COMPATIBLE_CHAT, maxTokens: 'max_completion_tokens', reasoningBack: 'none' },
  quirks: [refusedMembers, reasoningEffort, earlierReasoning],
  alsoServes: ['completions'],
  keyVariables: ['CEREBRAS_API_KEY'],
  headers: {},
});
