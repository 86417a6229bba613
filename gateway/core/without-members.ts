/** Leaves out members that a provider would refuse a request for, and says so. */
import type { Warn } from './canonical/request.ts';
import type { JsonObject } from './json.ts';

/**
 * @param provider its name for people
 * @returns the very same body when it has none of them; a member that is null says nothing and is not told
 */
export function withoutMembers(
  body: JsonObject,
  names: readonly string[],
  provider: string,
  warn: Warn,
): JsonObject {
  const found = names.filter((name) => body[name] !== undefined);
  if (found.length === 0) return body;
  for (const name of found) {
    if (body[name] !== null) warn(`${name} is not taken by ${provider} and was left out.`);
  }
  return Object.fromEntries(Object.entries(body).filter(([name]) => !found.includes(name)));
}
