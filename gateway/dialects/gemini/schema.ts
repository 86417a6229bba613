/**
 * JSON Schema in Gemini's own subset of OpenAPI, for models that know nothing else. What is beyond it would be refused
 * with "Unknown name", so it is rewritten where there is another word for it, and dropped and told where there is none.
 */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { Warn } from '../../core/canonical/request.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import { inlineRefs } from './schema-refs.ts';

/** Keywords that are passed on as they are. */
const KEPT: ReadonlySet<string> = new Set([
  'title',
  'description',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'pattern',
  'default',
  'example',
  'propertyOrdering',
]);
/** Keywords that are read below, or that no answer depends on. */
const READ: ReadonlySet<string> = new Set([
  'type',
  'nullable',
  'enum',
  'const',
  'format',
  'properties',
  'required',
  'items',
  'anyOf',
  'oneOf',
  'allOf',
  '$schema',
  '$id',
  '$comment',
  'examples',
]);
/** Any other format is refused. */
const FORMATS: ReadonlySet<unknown> = new Set(['enum', 'date-time', 'float', 'double', 'int32', 'int64']);

type Drop = (keyword: string) => void;

/** @param tool whose schema it is; null: that of the answer */
export function cleanSchema(schema: JsonObject, tool: string | null, warn: Warn): JsonObject {
  const dropped = new Set<string>();
  const drop = (keyword: string): void => void dropped.add(keyword);
  const cleaned = clean(inlineRefs(schema, drop), drop);
  if (dropped.size > 0) {
    const names = [...dropped].join(', ');
    warn(
      tool === null ? remark('answer-schema-lost', { names }) : remark('tool-schema-lost', { tool, names }),
    );
  }
  return cleaned;
}

function clean(value: unknown, drop: Drop): JsonObject {
  if (!isObject(value)) return {};
  const schema = merged(value, drop);
  const kept = Object.entries(schema).filter(([keyword]) => {
    if (!KEPT.has(keyword) && !READ.has(keyword)) drop(keyword);
    return KEPT.has(keyword);
  });
  return {
    ...Object.fromEntries(kept),
    ...cleanType(schema, drop),
    ...cleanValues(schema, drop),
    ...cleanFormat(schema, drop),
    ...cleanObject(schema, drop),
  };
}

/** `allOf` is what all of its schemas say together. */
function merged(schema: JsonObject, drop: Drop): JsonObject {
  const { allOf, ...own } = schema;
  if (!isArray(allOf)) return schema;
  let all: JsonObject = own;
  for (const one of allOf) {
    if (!isObject(one)) continue;
    const more = merged(one, drop);
    const properties = { ...objectOr(more['properties']), ...objectOr(all['properties']) };
    const required = [...listOr(all['required']), ...listOr(more['required'])];
    all = {
      ...more,
      ...all,
      ...(Object.keys(properties).length === 0 ? {} : { properties }),
      ...(required.length === 0 ? {} : { required: [...new Set(required)] }),
    };
  }
  return all;
}

const objectOr = (value: unknown): JsonObject => (isObject(value) ? value : {});
const listOr = (value: unknown): readonly unknown[] => (isArray(value) ? value : []);

/** One type, perhaps none besides; several are a choice. */
function cleanType(schema: JsonObject, drop: Drop): JsonObject {
  const { type, anyOf, oneOf } = schema;
  const types = (isArray(type) ? type : [type ?? guessType(schema)]).filter((one) => typeof one === 'string');
  const named = types.filter((one) => one.toLowerCase() !== 'null');
  const choices = [...listOr(anyOf ?? oneOf)];
  const others = choices.filter((one) => !isObject(one) || one['type'] !== 'null');
  const nullable =
    schema['nullable'] === true || named.length < types.length || others.length < choices.length;
  const optional = nullable ? { nullable: true } : {};
  const [first] = named;
  if (named.length > 1) return { ...optional, anyOf: named.map((one) => typed(one, schema, drop)) };
  const single = first === undefined ? {} : typed(first, schema, drop);
  if (others.length === 0) return { ...optional, ...single };
  const [only] = others;
  return others.length === 1
    ? { ...optional, ...single, ...clean(only, drop) }
    : { ...optional, ...single, anyOf: others.map((one) => clean(one, drop)) };
}

/** An array must say of what. */
function typed(type: string, { items }: JsonObject, drop: Drop): JsonObject {
  if (type.toLowerCase() !== 'array') return { type: type.toUpperCase() };
  const cleaned = clean(items, drop);
  return { type: 'ARRAY', items: Object.keys(cleaned).length === 0 ? { type: 'STRING' } : cleaned };
}

function guessType({ properties, items, enum: values, const: value }: JsonObject): string | undefined {
  if (properties !== undefined) return 'object';
  if (items !== undefined) return 'array';
  return values === undefined && typeof value !== 'string' ? undefined : 'string';
}

/** Only texts can be enumerated. */
function cleanValues({ enum: values, const: value }: JsonObject, drop: Drop): JsonObject {
  const allowed = value === undefined ? listOr(values) : [value];
  const texts = allowed.filter((one) => typeof one === 'string' && one !== '');
  if (texts.length < allowed.filter((one) => one !== null).length)
    drop(value === undefined ? 'enum' : 'const');
  return texts.length === 0 ? {} : { enum: texts };
}

function cleanFormat({ format }: JsonObject, drop: Drop): JsonObject {
  if (format === undefined || FORMATS.has(format)) return format === undefined ? {} : { format };
  drop(typeof format === 'string' ? `format ${format}` : 'format');
  return {};
}

/** An empty list of properties is refused. */
function cleanObject({ properties, required }: JsonObject, drop: Drop): JsonObject {
  if (!isObject(properties) || Object.keys(properties).length === 0) return {};
  const known = listOr(required).filter(
    (name) => typeof name === 'string' && Object.hasOwn(properties, name),
  );
  return {
    properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, clean(one, drop)])),
    ...(known.length === 0 ? {} : { required: known }),
  };
}
