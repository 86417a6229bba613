/** How a wish for reasoning is told to each generation of Kimi. */
import { nearestEffort } from '../../../core/effort.ts';
import type { Quirk } from '../../../core/provider.ts';
import { withoutMembers } from '../../../core/without-members.ts';

/** Takes `reasoning_effort`, and always thinks. */
const BY_EFFORT = /^kimi-k[3-9]/;
/** Has a switch: `thinking`. */
const BY_SWITCH = /^kimi-k2\.[56]/;

export const thinkingByModel: Quirk = {
  reason:
    'Kimi K3 takes the efforts low, high and max, K2.5 and K2.6 only `thinking: enabled | disabled`, others nothing.',
  dialect: 'openai-chat',
  request: (body, model, warn) => {
    const { reasoning_effort: asked, ...rest } = body;
    if (asked === undefined) return body;
    if (BY_SWITCH.test(model))
      return { ...rest, thinking: { type: asked === 'none' ? 'disabled' : 'enabled' } };
    const level = BY_EFFORT.test(model) ? nearestEffort(asked, ['low', 'high', 'max']) : undefined;
    return level === undefined
      ? withoutMembers(body, ['reasoning_effort'], model, warn)
      : { ...rest, reasoning_effort: level };
  },
};
