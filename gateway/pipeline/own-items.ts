/** References to items of answers that the gateway wrote, in a request to OpenAI, which never saw them. Pure. */
import { isArray, isObject, type JsonObject } from '../core/json.ts';

/**
 * The items themselves in place of what refers to them. They lose the ids that mean nothing to OpenAI; those of
 * reasoning stay, for by them it is known as not OpenAI's.
 * @returns the very same request when it refers to none
 */
export function withOwnItems(
  request: JsonObject,
  itemOf: (id: string) => JsonObject | undefined,
): JsonObject {
  const { input } = request;
  if (!isArray(input)) return request;
  const spelt = input.map((item) => {
    if (!isObject(item) || item['type'] !== 'item_reference' || typeof item['id'] !== 'string') return item;
    const own = itemOf(item['id']);
    if (own === undefined || own['type'] === 'reasoning') return own ?? item;
    return Object.fromEntries(Object.entries(own).filter(([name]) => name !== 'id'));
  });
  return spelt.every((item, index) => item === input[index]) ? request : { ...request, input: spelt };
}
