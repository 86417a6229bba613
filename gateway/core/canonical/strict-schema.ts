/**
 * Whether a JSON Schema keeps to the subset that OpenAI enforces when `strict` is true. Anything else is refused
 * with a 400 there, so `strict` is only asked for where it can be had.
 * Source: OpenAI's guide on structured outputs, "Supported schemas".
 */
import { isArray, isObject, type JsonObject } from '../json.ts';

/** Keywords of the subset. One that is not here may be refused, so a schema with it does not count as strict. */
const KEYWORDS: ReadonlySet<string> = new Set([
  'type',
  'title',
  'description',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'minItems',
  'maxItems',
  'enum',
  'const',
  'anyOf',
  '$ref',
  '$defs',
  'definitions',
  '$schema',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
]);
const FORMATS: readonly unknown[] = [
  'date-time',
  'time',
  'date',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uuid',
];
/** Objects and arrays inside each other; the subset's own limit. */
const DEEPEST = 10;

/** The root must be a plain object: neither a choice nor a reference. */
export function isStrictSchema(schema: JsonObject): boolean {
  return schema['type'] === 'object' && schema['anyOf'] === undefined && isStrict(schema, 1);
}

function isStrict(schema: unknown, depth: number): boolean {
  if (!isObject(schema) || depth > DEEPEST) return false;
  if (Object.keys(schema).some((keyword) => !KEYWORDS.has(keyword))) return false;
  const { format, items, anyOf } = schema;
  if (format !== undefined && !FORMATS.includes(format)) return false;
  if (items !== undefined && !isStrict(items, depth + 1)) return false;
  if (anyOf !== undefined && !(isArray(anyOf) && anyOf.every((choice) => isStrict(choice, depth))))
    return false;
  if (hasType(schema, 'array') && items === undefined) return false;
  if (hasType(schema, 'object') && !listsEveryProperty(schema)) return false;
  return [
    ...children(schema['properties'], depth + 1),
    ...children(schema['$defs'], 2),
    ...children(schema['definitions'], 2),
  ].every(Boolean);
}

/** Every property is required, and no others are allowed. */
function listsEveryProperty(schema: JsonObject): boolean {
  const { properties = {}, required = [] } = schema;
  if (schema['additionalProperties'] !== false || !isObject(properties) || !isArray(required)) return false;
  return Object.keys(properties).every((name) => required.includes(name));
}

/** Verdicts on the schemas of a map of them. */
function children(map: unknown, depth: number): readonly boolean[] {
  if (map === undefined) return [];
  return isObject(map) ? Object.values(map).map((schema) => isStrict(schema, depth)) : [false];
}

/** `type` may be a list: `["string", "null"]`. What has properties is an object even where it does not say so. */
function hasType(schema: JsonObject, name: 'object' | 'array'): boolean {
  const { type } = schema;
  if (isArray(type)) return type.includes(name);
  return type === name || (name === 'object' && schema['properties'] !== undefined);
}
