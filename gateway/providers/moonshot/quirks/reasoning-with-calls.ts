/** Kimi wants the reasoning of a turn with tool calls back. */
import { isArray, isObject } from '../../../core/json.ts';
import type { Quirk } from '../../../core/provider.ts';

export const reasoningWithCalls: Quirk = {
  reason:
    'While thinking, Kimi answers 400 to an assistant turn with tool calls and without `reasoning_content`; a blank stands for reasoning that is not known.',
  dialect: 'openai-chat',
  relayedWith: ['"tool_calls"'],
  request: (body) => {
    const { messages, thinking } = body;
    if (!isArray(messages) || (isObject(thinking) && thinking['type'] === 'disabled')) return body;
    if (!messages.some(lacksReasoning)) return body;
    return {
      ...body,
      messages: messages.map((message) =>
        lacksReasoning(message) ? { ...message, reasoning_content: ' ' } : message,
      ),
    };
  },
};

function lacksReasoning(message: unknown): message is object {
  return (
    isObject(message) &&
    message['role'] === 'assistant' &&
    isArray(message['tool_calls']) &&
    typeof message['reasoning_content'] !== 'string'
  );
}
