/** The schema of a tool's arguments, as the API takes it: an object at the root and no choice there. */
import type { Warn } from '../../core/canonical/request.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';

const CHOICES = ['anyOf', 'oneOf', 'allOf'] as const;

export function objectSchema(schema: JsonObject | null, tool: string, warn: Warn): JsonObject {
  if (schema === null) return { type: 'object', properties: {} };
  const plain = CHOICES.some((name) => schema[name] !== undefined) ? merged(schema, tool, warn) : schema;
  if (plain['type'] === 'object') return plain;
  if (plain['type'] !== undefined) {
    warn(`The schema of the tool "${tool}" is not that of an object; it was made one.`);
  }
  return { ...plain, type: 'object' };
}

/** All that some branch may have; only what every branch demands (`allOf`: what any does) stays required. */
function merged(schema: JsonObject, tool: string, warn: Warn): JsonObject {
  warn(`A choice at the root of the schema of the tool "${tool}" was written as one object.`);
  const { anyOf, oneOf, allOf, ...rest } = schema;
  const alternatives = [...branches(anyOf), ...branches(oneOf)];
  const together = branches(allOf);
  const properties = [rest, ...together, ...alternatives].map((one) =>
    isObject(one['properties']) ? one['properties'] : {},
  );
  const [first = [], ...others] = alternatives.map(required);
  const common = first.filter((name) => others.every((names) => names.includes(name)));
  const names = new Set([...required(rest), ...together.flatMap(required), ...common]);
  return {
    ...rest,
    type: 'object',
    properties: Object.assign({}, ...properties.toReversed()),
    ...(names.size === 0 ? {} : { required: [...names] }),
  };
}

const branches = (value: unknown): readonly JsonObject[] => (isArray(value) ? value.filter(isObject) : []);

const required = (schema: JsonObject): readonly unknown[] =>
  isArray(schema['required']) ? schema['required'] : [];
