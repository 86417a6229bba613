/** Leaves out members that a provider would refuse a request for, and says so. */
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { Warn } from './canonical/request.ts';
import type { JsonObject } from './json.ts';

/**
 * @param by who does not take them: the name of a provider, or of a model there
 * @returns the very same body when it has none of them; a member that is null says nothing and is not told
 */
export function withoutMembers(
  body: JsonObject,
  names: readonly string[],
  by: string | { readonly model: string; readonly provider: string },
  warn: Warn,
): JsonObject {
  const found = names.filter((name) => body[name] !== undefined);
  if (found.length === 0) return body;
  for (const name of found) {
    if (body[name] === null) continue;
    warn(
      typeof by === 'string' ? remark('not-taken', { name, by }) : remark('not-taken-on', { name, ...by }),
    );
  }
  return Object.fromEntries(Object.entries(body).filter(([name]) => !found.includes(name)));
}
