import { COMPATIBLE_CHAT, type ProviderDefinition } from '../../core/provider.ts';
import { answerMembers } from './quirks/answer-members.ts';
import { reasoningEffort } from './quirks/reasoning-effort.ts';
import { renamedMembers } from './quirks/renamed-members.ts';
import { toolChoice } from './quirks/tool-choice.ts';
import { unknownMembers } from './quirks/unknown-members.ts';
import { userAfterTool } from './quirks/user-after-tool.ts';

/**
 * Mistral. Refuses members it does not know and tool ids of another form; streams tell usage without being asked, and
 * asking is refused.
 */
export const mistral = Object.freeze<ProviderDefinition>({
  id: 'mistral',
  name: 'Mistral',
  endpoints: [
    { dialect: 'openai-chat', baseUrl: 'https://api.mistral.ai/v1', auth: 'bearer', countsTokens: false },
  ],
  keyNeed: 'required',
  local: false,
  signUpUrl: 'https://console.mistral.ai/api-keys',
  keyProof: 'guarded-list',
  usageOnRequest: false,
  chat: {
    ...COMPATIBLE_CHAT,
    reasoningBack: 'none',
    toolIds: { pattern: /^[a-zA-Z0-9]{9}$/, longest: 9 },
  },
  quirks: [renamedMembers, unknownMembers, toolChoice, reasoningEffort, userAfterTool, answerMembers],
  alsoServes: ['embeddings', 'audio'],
  keyVariables: ['MISTRAL_API_KEY'],
  headers: {},
});
