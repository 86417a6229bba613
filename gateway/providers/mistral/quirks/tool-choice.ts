/** Mistral's own word for tools that must be called. */
import type { Quirk } from '../../../core/provider.ts';

export const toolChoice: Quirk = {
  reason: 'Mistral says `any` where OpenAI says `required`.',
  dialect: 'openai-chat',
  request: (body) => (body['tool_choice'] === 'required' ? { ...body, tool_choice: 'any' } : body),
};
