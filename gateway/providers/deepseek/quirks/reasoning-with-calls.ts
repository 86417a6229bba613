/** DeepSeek wants the reasoning of a turn with tool calls back, be it empty. */
import type { Quirk } from '../../../core/provider.ts';
import { withReasoningContent } from '../../../core/reasoning-content.ts';

export const reasoningWithCalls: Quirk = {
  reason:
    'While thinking, DeepSeek answers 400 to an assistant turn with tool calls and without `reasoning_content`; an empty one is taken.',
  dialect: 'openai-chat',
  relayedWith: ['"tool_calls"'],
  request: (body) => withReasoningContent(body, ''),
};
