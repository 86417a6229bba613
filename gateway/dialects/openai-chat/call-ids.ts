/** Where a request of this dialect holds ids of calls, for providers that refuse those of another one. */
import type { CallIds } from '../../core/dialect.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';

export const callIds: CallIds = {
  minded: ({ chat }) => chat.toolIds !== undefined,
  ofResult: 'tool_call_id',
  renamed(request, idFor) {
    const { messages } = request;
    if (!isArray(messages)) return request;
    return { ...request, messages: messages.map((message) => inMessage(message, idFor)) };
  },
};

function inMessage(message: unknown, idFor: (id: string) => string): unknown {
  if (!isObject(message)) return message;
  const { tool_calls: calls } = message;
  const renamed = withId(message, 'tool_call_id', idFor);
  return isArray(calls)
    ? { ...renamed, tool_calls: calls.map((call) => (isObject(call) ? withId(call, 'id', idFor) : call)) }
    : renamed;
}

function withId(holder: JsonObject, member: string, idFor: (id: string) => string): JsonObject {
  const id = holder[member];
  return typeof id === 'string' ? { ...holder, [member]: idFor(id) } : holder;
}
