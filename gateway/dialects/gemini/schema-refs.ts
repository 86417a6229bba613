/** References within a JSON Schema, put in place; Gemini's own schemas have none. */
import { isArray, isObject, type JsonObject } from '../../core/json.ts';

/** What is left of a schema that holds itself, or is too large. */
const CUT: JsonObject = { type: 'object' };
/** A few references to references make any size; no schema of a tool comes near this many values. */
const MOST_VALUES = 10_000;

/** @param drop hears what could not be put in place */
export function inlineRefs(root: JsonObject, drop: (keyword: string) => void): JsonObject {
  let values = 0;

  function inline(value: unknown, inside: readonly string[]): unknown {
    values += 1;
    if (isArray(value)) return value.map((one) => inline(one, inside));
    if (!isObject(value)) return value;
    const { $ref: ref, ...beside } = value;
    if (typeof ref !== 'string') {
      return Object.fromEntries(Object.entries(beside).map(([name, one]) => [name, inline(one, inside)]));
    }
    const target = inside.includes(ref) || values > MOST_VALUES ? undefined : find(root, ref);
    if (target === undefined) {
      drop('$ref');
      return { ...CUT, ...beside };
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
    const name = decoded(step).replaceAll('~1', '/').replaceAll('~0', '~');
    at = isObject(at) && Object.hasOwn(at, name) ? at[name] : isArray(at) ? at[Number(name)] : undefined;
  }
  return at;
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    // A bare per cent sign is one.
    return step;
  }
}
