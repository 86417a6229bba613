/** Reading requests as strict APIs do. */
import { createHash } from 'node:crypto';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';

export const objectIn = (from: JsonObject, name: string): JsonObject | null => {
  const value = from[name];
  return isObject(value) ? value : null;
};

export const listIn = (from: JsonObject, name: string): readonly unknown[] => {
  const value = from[name];
  return isArray(value) ? value : [];
};

export const objectsIn = (from: JsonObject, name: string): readonly JsonObject[] =>
  listIn(from, name).filter((one): one is JsonObject => isObject(one));

export const textIn = (from: JsonObject, name: string): string | null => {
  const value = from[name];
  return typeof value === 'string' ? value : null;
};

export const numberIn = (from: JsonObject, name: string): number | null => {
  const value = from[name];
  return typeof value === 'number' ? value : null;
};

export const booleanIn = (from: JsonObject, name: string): boolean | null => {
  const value = from[name];
  return typeof value === 'boolean' ? value : null;
};

/** The first member nobody knows. */
export const unknownIn = (from: JsonObject, known: readonly string[]): string | undefined =>
  Object.keys(from).find((name) => !known.includes(name));

/** How a picture is spoken of: its type and what its bytes are. */
export function describeMedia(mediaType: string, base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  return `${mediaType} ${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}`;
}

/** The type and bytes of a data URL; null for any other address. */
export function splitDataUrl(url: string): { readonly mediaType: string; readonly base64: string } | null {
  const found = /^data:([^;,]+);base64,([A-Za-z0-9+/=]+)$/.exec(url);
  return found?.[1] === undefined || found[2] === undefined
    ? null
    : { mediaType: found[1], base64: found[2] };
}

export const parsedOr = (text: string, otherwise: (text: string) => never): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise(text);
  }
};

/** A text in about `count` pieces, cut anywhere. */
export function pieces(text: string, count: number): readonly string[] {
  const size = Math.max(1, Math.ceil(text.length / Math.max(1, count)));
  const cut: string[] = [];
  for (let at = 0; at < text.length; at += size) cut.push(text.slice(at, at + size));
  return cut;
}
