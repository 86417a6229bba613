/** Which efforts a model on Cerebras takes. */
import { nearestEffort } from '../../../core/effort.ts';
import type { Quirk } from '../../../core/provider.ts';
import { withoutMembers } from '../../../core/without-members.ts';

export const reasoningEffort: Quirk = {
  reason: 'On Cerebras, gpt-oss takes low, medium and high; for other models no effort is documented.',
  dialect: 'openai-chat',
  request: (body, model, warn) => {
    const { reasoning_effort: asked } = body;
    if (asked === undefined) return body;
    const level = levelOf(asked, model);
    if (level === undefined)
      return withoutMembers(body, ['reasoning_effort'], { model, provider: 'Cerebras' }, warn);
    return level === asked ? body : { ...body, reasoning_effort: level };
  },
};

function levelOf(asked: unknown, model: string): string | undefined {
  return /gpt-oss/.test(model) ? nearestEffort(asked, ['low', 'medium', 'high']) : undefined;
}
