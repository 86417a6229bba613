/**
 * The schema of a tool's arguments as OpenAI and Anthropic take it: an object at the root and no choice there.
 * OpenAI: "schema must have type 'object' and not have 'oneOf'/'anyOf'/'allOf'/'enum'/'not' at the top level".
 */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import { isArray, isObject, type JsonObject } from '../json.ts';
import type { Warn } from './request.ts';

const CHOICES: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'allOf', 'not', 'enum', 'const']);

export function objectSchema(schema: JsonObject | null, tool: string, warn: Warn): JsonObject {
  if (schema === null) return { type: 'object', properties: {} };
  const plain = Object.keys(schema).some((name) => CHOICES.has(name)) ? merged(schema, tool, warn) : schema;
  const { type, properties } = plain;
  if (type === 'object' && properties !== undefined) return plain;
  if (type !== 'object' && type !== undefined) {
    warn(remark('root-made-object', { tool }));
  }
  // OpenAI: "object schema missing properties"; behind a reference they stand elsewhere.
  return {
    ...plain,
    type: 'object',
    ...(plain['$ref'] === undefined ? { properties: properties ?? {} } : {}),
  };
}

/** All that some branch may have; only what every branch demands (`allOf`: what any does) stays required. */
function merged(schema: JsonObject, tool: string, warn: Warn): JsonObject {
  warn(remark('root-choice-merged', { tool }));
  const { anyOf, oneOf, allOf } = schema;
  const rest: JsonObject = Object.fromEntries(Object.entries(schema).filter(([name]) => !CHOICES.has(name)));
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
