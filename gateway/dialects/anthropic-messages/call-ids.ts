/** Where a request of this dialect holds ids of calls, for targets that refuse those of another server of it. */
import type { CallIds } from '../../core/dialect.ts';
import { isArray, isObject } from '../../core/json.ts';
import { signsThoughts } from './model-rules.ts';

/** Blocks and their members; work of tools that a provider runs itself has ids of its own kind. */
const MEMBERS: ReadonlyMap<unknown, string> = new Map([
  ['tool_use', 'id'],
  ['tool_result', 'tool_use_id'],
]);

export const callIds: CallIds = {
  // Others of this dialect give ids of other forms, and take them.
  minded: signsThoughts,
  ofResult: 'tool_use_id',
  renamed(request, idFor) {
    const { messages } = request;
    if (!isArray(messages)) return request;
    return { ...request, messages: messages.map((message) => inMessage(message, idFor)) };
  },
};

function inMessage(message: unknown, idFor: (id: string) => string): unknown {
  if (!isObject(message) || !isArray(message['content'])) return message;
  return { ...message, content: message['content'].map((block) => inBlock(block, idFor)) };
}

function inBlock(block: unknown, idFor: (id: string) => string): unknown {
  if (!isObject(block)) return block;
  const member = MEMBERS.get(block['type']);
  const id = member === undefined ? undefined : block[member];
  return member === undefined || typeof id !== 'string' ? block : { ...block, [member]: idFor(id) };
}
