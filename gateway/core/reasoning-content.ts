/** Providers of OpenAI's chat dialect that want the reasoning of a turn with tool calls back while they think. */
import { isArray, isObject, type JsonObject } from './json.ts';

/**
 * @param unknown what stands for reasoning that nobody has: some take an empty text, some a blank
 * @returns the very same body where nothing is missing, or thinking is switched off
 */
export function withReasoningContent(body: JsonObject, unknown: string): JsonObject {
  const { messages, thinking } = body;
  if (!isArray(messages) || (isObject(thinking) && thinking['type'] === 'disabled')) return body;
  if (!messages.some(lacksReasoning)) return body;
  const complete = messages.map((message) =>
    lacksReasoning(message) ? { ...message, reasoning_content: unknown } : message,
  );
  return { ...body, messages: complete };
}

function lacksReasoning(message: unknown): message is object {
  return (
    isObject(message) &&
    message['role'] === 'assistant' &&
    isArray(message['tool_calls']) &&
    typeof message['reasoning_content'] !== 'string'
  );
}
