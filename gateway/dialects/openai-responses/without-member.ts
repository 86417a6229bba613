import type { JsonObject } from '../../core/json.ts';

/** A copy that lacks one member. */
export function withoutMember(object: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([member]) => member !== name));
}
