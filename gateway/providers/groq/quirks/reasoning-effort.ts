/** Which efforts a model on Groq takes. */
import { nearestEffort } from '../../../core/effort.ts';
import type { Quirk } from '../../../core/provider.ts';
import { withoutMembers } from '../../../core/without-members.ts';

export const reasoningEffort: Quirk = {
  reason:
    'On Groq, gpt-oss takes low, medium and high, Qwen none and default, and every other model refuses an effort.',
  dialect: 'openai-chat',
  request: (body, model, warn) => {
    const { reasoning_effort: asked } = body;
    if (asked === undefined) return body;
    const level = levelOf(asked, model);
    if (level === undefined)
      return withoutMembers(body, ['reasoning_effort'], { model, provider: 'Groq' }, warn);
    return level === asked ? body : { ...body, reasoning_effort: level };
  },
};

function levelOf(asked: unknown, model: string): string | undefined {
  if (/gpt-oss/.test(model)) return nearestEffort(asked, ['low', 'medium', 'high']);
  if (/qwen3/.test(model)) return asked === 'none' ? 'none' : 'default';
  return undefined;
}
