/** How much DeepSeek thinks: a switch and, where it is on, one of three levels. */
import { nearestEffort } from '../../../core/effort.ts';
import type { Quirk } from '../../../core/provider.ts';

export const thinkingMode: Quirk = {
  reason: 'DeepSeek thinks unless `thinking` is disabled, and knows the efforts low, high and max.',
  dialect: 'openai-chat',
  request: (body) => {
    const { reasoning_effort: effort, ...rest } = body;
    if (effort === undefined) return body;
    if (effort === 'none') return { ...rest, thinking: { type: 'disabled' } };
    const nearest = nearestEffort(effort, ['low', 'high', 'max']);
    const level = nearest === undefined ? {} : { reasoning_effort: nearest };
    return { ...rest, thinking: { type: 'enabled' }, ...level };
  },
};
