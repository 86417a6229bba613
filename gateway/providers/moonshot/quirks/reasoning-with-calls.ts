/** Kimi wants the reasoning of a turn with tool calls back. */
import type { Quirk } from '../../../core/provider.ts';
import { withReasoningContent } from '../../../core/reasoning-content.ts';

export const reasoningWithCalls: Quirk = {
  reason:
    'While thinking, Kimi answers 400 to an assistant turn with tool calls and without `reasoning_content`; a blank stands for reasoning that is not known.',
  dialect: 'openai-chat',
  relayedWith: ['"tool_calls"'],
  request: (body) => withReasoningContent(body, ' '),
};
