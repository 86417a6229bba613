/** Which efforts a model of Mistral takes. */
import { nearestEffort } from '../../../core/effort.ts';
import type { Quirk } from '../../../core/provider.ts';
import { withoutMembers } from '../../../core/without-members.ts';

export const reasoningEffort: Quirk = {
  reason: 'Of the models of Mistral only Small 4 takes an effort, none or high; Magistral always thinks.',
  dialect: 'openai-chat',
  request: (body, model, warn) => {
    const { reasoning_effort: asked } = body;
    if (asked === undefined) return body;
    const level = levelOf(asked, model);
    if (level === undefined)
      return withoutMembers(body, ['reasoning_effort'], { model, provider: 'Mistral' }, warn);
    return level === asked ? body : { ...body, reasoning_effort: level };
  },
};

function levelOf(asked: unknown, model: string): string | undefined {
  return /^mistral-small-(?:latest|2[6-9]\d\d)$/.test(model)
    ? nearestEffort(asked, ['none', 'high'])
    : undefined;
}
