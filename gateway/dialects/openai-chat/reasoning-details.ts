/**
 * OpenRouter's `reasoning_details`: entries of type `reasoning.text` (with the signature of Anthropic),
 * `reasoning.summary` and `reasoning.encrypted`. A stream brings them in fragments, told apart by `index`.
 */
import type { Signature } from '../../core/canonical/signature.ts';
import { isArray, isObject, parseJson, type JsonObject } from '../../core/json.ts';

/** Members that grow from fragment to fragment; of the others the last one that says something counts. */
const GROWING: readonly string[] = ['text', 'summary'];

export function entriesIn(value: unknown): readonly JsonObject[] {
  return isArray(value) ? value.filter(isObject) : [];
}

/** What an entry gives a person to read. */
export function textOfEntry(entry: JsonObject): string {
  const { text, summary } = entry;
  return typeof text === 'string' ? text : typeof summary === 'string' ? summary : '';
}

/** A name for the entry that a fragment belongs to: a summary and its proof may share one index. */
export function keyOfEntry({ index, type, id }: JsonObject): string {
  const place = typeof index === 'number' ? String(index) : typeof id === 'string' ? `id ${id}` : '';
  return `${typeof type === 'string' ? type : ''} ${place}`;
}

export function mergeEntries(known: JsonObject, fragment: JsonObject): JsonObject {
  const merged: Record<string, unknown> = { ...known };
  for (const [name, value] of Object.entries(fragment)) {
    const before = merged[name];
    if (GROWING.includes(name) && typeof before === 'string' && typeof value === 'string') {
      merged[name] = before + value;
    } else if (before === undefined || isTelling(value)) {
      merged[name] = value;
    }
  }
  return merged;
}

const isTelling = (value: unknown): boolean => value !== null && value !== undefined && value !== '';

/** Null for text that nobody signed: the text itself says all. */
export function signatureOfEntry(entry: JsonObject): Signature | null {
  const { type, id, signature } = entry;
  if (type === 'reasoning.text' && !isTelling(signature) && !isTelling(id)) return null;
  return {
    format: 'reasoning-details',
    value: JSON.stringify(entry),
    id: typeof id === 'string' && id !== '' ? id : null,
    origin: null,
  };
}

/** The entries that signatures stand for, as they are sent back: of fragments of one entry the last is whole. */
export function restoreEntries(values: readonly string[]): readonly JsonObject[] {
  const restored = new Map<string, JsonObject>();
  for (const value of values) {
    const entry = parseJson(value);
    if (isObject(entry)) restored.set(keyOfEntry(entry), entry);
  }
  return [...restored.values()];
}
