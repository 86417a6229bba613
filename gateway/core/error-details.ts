/** Machine-readable details of an error, flattened: `{"metadata":{"error_type":"x"}}` becomes `error_type`. */
import { isArray, isObject, type JsonObject } from './json.ts';

const MOST_DETAILS = 40;
const LONGEST_VALUE = 500;
const DEEPEST = 4;

/**
 * Where providers put them: OpenAI `param`; OpenRouter `metadata` (error_type, provider_name, raw, reasons,
 * headers), `user_id`; FastAPI `detail[0].loc`; Anthropic `details.error_code`; Google `details[]` (reason, violations[].quotaId, retryDelay).
 * Null values are left out; of equal names the first counts, but several quotas can be violated at once.
 * @returns names in lower case
 */
export function readDetails(outer: JsonObject, inner: JsonObject): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (const source of [inner, outer]) {
    for (const member of ['param', 'error_type', 'request_id', 'user_id']) add(found, member, source[member]);
    for (const member of ['metadata', 'details']) collect(found, source[member], 0);
  }
  const { detail } = outer;
  const [first] = isArray(detail) ? detail : [];
  const place = isObject(first) ? first['loc'] : undefined;
  // Where in a request; the last step is the member. An item of a list has none.
  if (isArray(place)) add(found, 'param', place.slice(1).map(String).join('.'));
  return Object.fromEntries(found);
}

function collect(found: Map<string, string>, value: unknown, depth: number): void {
  if (depth > DEEPEST) return;
  if (isArray(value)) for (const item of value) collect(found, item, depth + 1);
  if (!isObject(value)) return;
  for (const [name, member] of Object.entries(value)) {
    if (found.size >= MOST_DETAILS) return;
    if (isObject(member) || (isArray(member) && member.some(isObject))) collect(found, member, depth + 1);
    else add(found, name, member);
  }
}

function add(found: Map<string, string>, name: string, value: unknown): void {
  const key = name.toLowerCase();
  const text = isArray(value) ? value.map(scalar).filter(Boolean).join(', ') : scalar(value);
  if (text === '') return;
  const known = found.get(key);
  if (known === undefined) found.set(key, text.slice(0, LONGEST_VALUE).toWellFormed());
  else if (key === 'quotaid') found.set(key, `${known}, ${text}`.slice(0, LONGEST_VALUE).toWellFormed());
}

function scalar(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}
