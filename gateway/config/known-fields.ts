/** Every setting there is, read off the schema, so that no second list of names can go stale. */
import * as z from 'zod/mini';
import { configSchema } from '../../contract/config/schema.ts';
import { editDistance } from '../core/edit-distance.ts';

/** `record`: a mapping whose names are the user's own. */
export type FieldKind = 'mapping' | 'list' | 'record' | 'number' | 'boolean' | 'text';

/** Settings by name, `providers[].keys[].weight`; the empty name is the file as a whole. */
export const KNOWN_FIELDS: ReadonlyMap<string, FieldKind> = new Map(fieldsOf(configSchema, ''));

function* fieldsOf(schema: unknown, name: string): Generator<[string, FieldKind]> {
  if (
    schema instanceof z.ZodMiniDefault ||
    schema instanceof z.ZodMiniPrefault ||
    schema instanceof z.ZodMiniOptional
  ) {
    yield* fieldsOf(schema.def.innerType, name);
  } else if (schema instanceof z.ZodMiniPipe) {
    yield* fieldsOf(schema.def.in, name);
  } else if (schema instanceof z.ZodMiniUnion) {
    for (const option of schema.def.options) yield* fieldsOf(option, name);
  } else if (schema instanceof z.ZodMiniObject) {
    yield [name, 'mapping'];
    for (const [field, inner] of Object.entries(schema.def.shape)) {
      yield* fieldsOf(inner, name === '' ? field : `${name}.${field}`);
    }
  } else if (schema instanceof z.ZodMiniArray) {
    yield [name, 'list'];
    yield* fieldsOf(schema.def.element, `${name}[]`);
  } else {
    yield [name, leafKind(schema)];
  }
}

function leafKind(schema: unknown): FieldKind {
  if (schema instanceof z.ZodMiniRecord) return 'record';
  if (schema instanceof z.ZodMiniNumber) return 'number';
  if (schema instanceof z.ZodMiniBoolean) return 'boolean';
  return 'text';
}

/** The setting beside `name` that a mistyped one was probably meant to be. */
export function nearestField(name: string): string | undefined {
  const parent = name.slice(0, name.lastIndexOf('.') + 1);
  const wanted = name.slice(parent.length).toLowerCase();
  const [best] = [...KNOWN_FIELDS.keys()]
    .filter((known) => known.startsWith(parent) && /^[^.[\]]+$/.test(known.slice(parent.length)))
    .map((known) => ({ known, distance: editDistance(wanted, known.slice(parent.length)) }))
    .sort((left, right) => left.distance - right.distance);
  return best !== undefined && best.distance <= Math.max(2, wanted.length / 3) ? best.known : undefined;
}
