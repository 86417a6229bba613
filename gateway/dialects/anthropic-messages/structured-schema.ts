/**
 * JSON Schemas that an answer can be held to. The API refuses others, so what it does not know goes.
 * Source: Anthropic's page on structured outputs, "JSON Schema limitations".
 */
import { isArray, isObject, type JsonObject } from '../../core/json.ts';

const KNOWN: ReadonlySet<string> = new Set([
  'type',
  'title',
  'description',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'minItems',
  'enum',
  'const',
  'anyOf',
  'allOf',
  '$ref',
  '$defs',
  'definitions',
  'format',
  'default',
  'pattern',
]);
const FORMATS: readonly unknown[] = [
  'date-time',
  'time',
  'date',
  'duration',
  'email',
  'hostname',
  'uri',
  'ipv4',
  'ipv6',
  'uuid',
];
/** Members that hold schemas by name. */
const MAPS: readonly string[] = ['properties', '$defs', 'definitions'];

export interface FittedSchema {
  readonly schema: JsonObject;
  /** Keywords that were left out or had to be changed, each once. */
  readonly changed: readonly string[];
}

export function fitSchema(schema: JsonObject): FittedSchema {
  const changed = new Set<string>();
  return { schema: fit(schema, changed), changed: [...changed] };
}

function fit(schema: JsonObject, changed: Set<string>): JsonObject {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(schema)) {
    if (name === '$schema') continue;
    // The API knows alternatives only by the name that allows several to fit.
    const written = name === 'oneOf' && schema['anyOf'] === undefined ? 'anyOf' : name;
    if (isTaken(written, value)) kept[written] = fitMember(written, value, changed);
    if (written !== name || !isTaken(written, value)) changed.add(name);
  }
  if (!isObjectSchema(schema)) return kept;
  if (schema['additionalProperties'] !== false) changed.add('additionalProperties');
  return { ...kept, additionalProperties: false };
}

function isTaken(name: string, value: unknown): boolean {
  if (name === 'format') return FORMATS.includes(value);
  if (name === 'minItems') return value === 0 || value === 1;
  return KNOWN.has(name);
}

function fitMember(name: string, value: unknown, changed: Set<string>): unknown {
  if (MAPS.includes(name) && isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, isObject(one) ? fit(one, changed) : one]),
    );
  }
  if ((name === 'anyOf' || name === 'allOf') && isArray(value)) {
    return value.map((one) => (isObject(one) ? fit(one, changed) : one));
  }
  return name === 'items' && isObject(value) ? fit(value, changed) : value;
}

function isObjectSchema({ type, properties }: JsonObject): boolean {
  return type === 'object' || (isArray(type) && type.includes('object')) || isObject(properties);
}
