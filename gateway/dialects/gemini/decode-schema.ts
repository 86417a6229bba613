/** Gemini's own subset of OpenAPI (`parameters`, `responseSchema`) as JSON Schema. */
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import { camelCase } from './fields.ts';

/** Keywords with whole numbers, which protobuf's JSON writes in quotes. */
const COUNTS: ReadonlySet<string> = new Set([
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
  'minProperties',
  'maxProperties',
]);
/** Mean nothing outside Gemini, or are dealt with elsewhere. */
const OWN: ReadonlySet<string> = new Set(['propertyOrdering', 'nullable', 'type']);

/** What stands in it beyond the subset is kept, so that plain JSON Schema passes unchanged. */
export function decodeSchema(schema: JsonObject): JsonObject {
  const decoded: Record<string, unknown> = {};
  const nullable = schema['nullable'] === true;
  const type = decodeType(schema['type'], nullable);
  if (type !== undefined) decoded['type'] = type;
  for (const [written, value] of Object.entries(schema)) {
    const keyword = camelCase(written);
    if (!OWN.has(keyword)) decoded[keyword] = decodeKeyword(keyword, value);
  }
  if (!nullable) return decoded;
  const { enum: values, anyOf } = decoded;
  if (isArray(values) && !values.includes(null)) decoded['enum'] = [...values, null];
  if (isArray(anyOf) && type === undefined) decoded['anyOf'] = [...anyOf, { type: 'null' }];
  return decoded;
}

function decodeType(type: unknown, nullable: boolean): unknown {
  if (isArray(type)) return type.map((one) => decodeType(one, false));
  if (typeof type !== 'string' || type === 'TYPE_UNSPECIFIED') return undefined;
  return nullable && type !== 'NULL' ? [type.toLowerCase(), 'null'] : type.toLowerCase();
}

function decodeKeyword(keyword: string, value: unknown): unknown {
  if (COUNTS.has(keyword) && typeof value === 'string') return Number(value);
  if (keyword === 'properties' || keyword === '$defs' || keyword === 'definitions') {
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, decodeAny(one)]));
  }
  if (keyword === 'items' || keyword === 'additionalProperties' || keyword === 'not') return decodeAny(value);
  if (/^(?:anyOf|oneOf|allOf|prefixItems)$/.test(keyword)) {
    return isArray(value) ? value.map(decodeAny) : value;
  }
  return value;
}

const decodeAny = (value: unknown): unknown => (isObject(value) ? decodeSchema(value) : value);
