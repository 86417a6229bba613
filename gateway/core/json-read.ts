/**
 * Reads members of a client's request and says, where one is wrong, which it is, what it is and what is allowed.
 * A member that is absent or null reads as null, which is what clients mean by writing null.
 */
import {
  A_NUMBER,
  A_TEXT,
  AN_ARRAY,
  AN_OBJECT,
  countFrom,
  oneOf,
  TEXTS,
  TRUE_OR_FALSE,
  type Allowed,
} from './allowed.ts';
import { memberError } from './body-error.ts';
import { isArray, isObject, type JsonObject } from './json.ts';

/** Where a value stands: `messages[2].content`; empty for the body itself. */
export type Path = string;

/** @throws GatewayError `invalid_request` always */
export function refuse(path: Path, allowed: Allowed, found: unknown): never {
  throw memberError(path, allowed, kindOf(found));
}

/** Path of a member of what stands at `path`. */
export const below = (path: Path, name: string | number): Path =>
  typeof name === 'number' ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;

export function readObject(value: unknown, path: Path): JsonObject {
  return isObject(value) ? value : refuse(path, AN_OBJECT, value);
}

export function readArray(value: unknown, path: Path): readonly unknown[] {
  return isArray(value) ? value : refuse(path, AN_ARRAY, value);
}

export function readString(value: unknown, path: Path): string {
  return typeof value === 'string' ? value : refuse(path, A_TEXT, value);
}

/** The members that may be absent. */
export function objectOf(from: JsonObject, name: string, path: Path): JsonObject | null {
  const value = from[name] ?? null;
  return value === null ? null : readObject(value, below(path, name));
}

export function arrayOf(from: JsonObject, name: string, path: Path): readonly unknown[] | null {
  const value = from[name] ?? null;
  return value === null ? null : readArray(value, below(path, name));
}

export function stringOf(from: JsonObject, name: string, path: Path): string | null {
  const value = from[name] ?? null;
  return value === null ? null : readString(value, below(path, name));
}

export function booleanOf(from: JsonObject, name: string, path: Path): boolean | null {
  const value = from[name] ?? null;
  return value === null || typeof value === 'boolean'
    ? value
    : refuse(below(path, name), TRUE_OR_FALSE, value);
}

export function numberOf(from: JsonObject, name: string, path: Path): number | null {
  const value = from[name] ?? null;
  if (value === null) return null;
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : refuse(below(path, name), A_NUMBER, value);
}

/** A whole number from `least` up. */
export function countOf(from: JsonObject, name: string, path: Path, least = 0): number | null {
  const value = numberOf(from, name, path);
  if (value === null || (Number.isInteger(value) && value >= least)) return value;
  return refuse(below(path, name), countFrom(least), value);
}

/** A text or a list of texts, as `stop` may be. */
export function stringsOf(from: JsonObject, name: string, path: Path): readonly string[] | null {
  const value = from[name] ?? null;
  if (value === null) return null;
  if (typeof value === 'string') return [value];
  if (!isArray(value)) return refuse(below(path, name), TEXTS, value);
  return value.map((one, index) => readString(one, below(below(path, name), index)));
}

/** One of a few words. */
export function wordOf<Word extends string>(
  from: JsonObject,
  name: string,
  path: Path,
  words: readonly Word[],
): Word | null {
  const value = stringOf(from, name, path);
  if (value === null) return null;
  const known = words.find((word) => word === value);
  return known ?? refuse(below(path, name), oneOf(words), value);
}

/** What a value is, for people: `an array`, `the text "abc"`, `the number 3`. */
function kindOf(value: unknown): string {
  if (value === undefined) return 'absent';
  if (value === null) return 'null';
  if (isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  if (isObject(value)) return 'an object';
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 60))}`;
  return `the ${typeof value} ${JSON.stringify(value)}`;
}
