import { COMPATIBLE_CHAT, type ProviderDefinition } from '../../core/provider.ts';
import { earlierReasoning } from './quirks/earlier-reasoning.ts';
import { reasoningEffort } from './quirks/reasoning-effort.ts';
import { reasoningFormat } from './quirks/reasoning-format.ts';
import { refusedMembers } from './quirks/refused-members.ts';

/**
 * Groq. Its streams carry usage in the finish chunk, twice: `usage` and `x_groq.usage`. Its Responses endpoint is
 * left out: it keeps no reasoning between turns, so that translating to chat loses nothing.
 */
export const groq = Object.freeze<ProviderDefinition>({
  id: 'groq',
  name: 'Groq',
  endpoints: [
    {
      dialect: 'openai-chat',
      baseUrl: 'https://api.groq.com/openai/v1',
      auth: 'bearer',
      countsTokens: false,
    },
  ],
  keyNeed: 'required',
  local: false,
  signUpUrl: 'https://console.groq.com/keys',
  keyProof: 'guarded-list',
  usageOnRequest: true,
  chat: { ...COMPATIBLE_CHAT, maxTokens: 'max_completion_tokens', reasoningBack: 'none' },
  quirks: [refusedMembers, reasoningFormat, reasoningEffort, earlierReasoning],
  alsoServes: ['audio'],
  keyVariables: ['GROQ_API_KEY'],
  headers: {},
});
