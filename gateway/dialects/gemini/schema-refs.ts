/** References within a JSON Schema, put in place; Gemini's own schemas have none. */
import { isArray, isObject, type JsonObject } from '../../core/json.ts';

/** What is left of a schema that holds itself. */
const CYCLE: JsonObject = { type: 'object' };

/** @param drop hears what could not be put in place */
export function inlineRefs(root: JsonObject, drop: (keyword: string) => void): JsonObject {
  function inline(value: unknown, inside: readonly string[]): unknown {
    if (isArray(value)) return value.map((one) => inline(one, inside));
    if (!isObject(value)) return value;
    const { $ref: ref, ...beside } = value;
    if (typeof ref !== 'string') {
      return Object.fromEntries(Object.entries(beside).map(([name, one]) => [name, inline(one, inside)]));
    }
    const target = inside.includes(ref) ? undefined : find(root, ref);
    if (target === undefined) {
      drop('$ref');
      return { ...CYCLE, ...beside };
    }
    const found = inline(target, [...inside, ref]);
    // What stands beside a reference, a description most of all, counts more than what it leads to.
    return isObject(found) ? { ...found, ...beside } : beside;
  }
  const schema = Object.entries(root).filter(([name]) => name !== '$defs' && name !== 'definitions');
  const inlined = inline(Object.fromEntries(schema), ['#']);
  return isObject(inlined) ? inlined : {};
}

/** `#/$defs/city`, as JSON pointers are written in addresses. */
function find(root: JsonObject, ref: string): unknown {
  if (!ref.startsWith('#/')) return undefined;
  let at: unknown = root;
  for (const step of ref.slice(2).split('/')) {
    const name = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
    at = isObject(at) && Object.hasOwn(at, name) ? at[name] : isArray(at) ? at[Number(name)] : undefined;
  }
  return at;
}
