/** Mistral's order of roles. */
import { isArray, isObject } from '../../../core/json.ts';
import type { Quirk } from '../../../core/provider.ts';

export const userAfterTool: Quirk = {
  reason:
    "Mistral answers 400 (\"Unexpected role 'user' after role 'tool'\") unless an assistant turn stands between a tool result and what the user says next.",
  dialect: 'openai-chat',
  relayedWith: ['"tool"'],
  request: (body) => {
    const { messages } = body;
    if (!isArray(messages)) return body;
    const bridged = messages.flatMap((message, index) =>
      roleOf(message) === 'user' && roleOf(messages[index - 1]) === 'tool'
        ? [{ role: 'assistant', content: 'Understood.' }, message]
        : [message],
    );
    return bridged.length === messages.length ? body : { ...body, messages: bridged };
  },
};

const roleOf = (message: unknown): unknown => (isObject(message) ? message['role'] : undefined);
