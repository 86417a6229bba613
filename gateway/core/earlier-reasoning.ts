/** Providers of OpenAI's chat dialect that refuse the reasoning which answers of others hold. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { Warn } from './canonical/request.ts';
import { isArray, isObject, type JsonObject } from './json.ts';
import { withoutMembers } from './without-members.ts';

/**
 * Assistants' messages without members that hold reasoning.
 * @param provider as people call it
 * @returns the very same body when no message has one; a member that is null says nothing and is not told
 */
export function withoutEarlierReasoning(
  body: JsonObject,
  members: readonly string[],
  provider: string,
  warn: Warn,
): JsonObject {
  const { messages } = body;
  if (!isArray(messages)) return body;
  const lost: Told[] = [];
  const kept = messages.map((message) => {
    if (!isObject(message) || message['role'] !== 'assistant') return message;
    return withoutMembers(message, members, provider, (loss) => lost.push(loss));
  });
  if (kept.every((message, index) => message === messages[index])) return body;
  if (lost.length > 0) warn(remark('earlier-reasoning', { provider }));
  return { ...body, messages: kept };
}
