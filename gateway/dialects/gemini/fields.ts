/**
 * Names and numbers as protobuf's JSON allows them: a member may be spelt `maxOutputTokens` or
 * `max_output_tokens`, and a number may stand in quotes.
 */
import { A_NUMBER, countFrom } from '../../core/allowed.ts';
import { below, numberOf, refuse, type Path } from '../../core/json-read.ts';
import { isObject, type JsonObject } from '../../core/json.ts';

/**
 * The name under which an object holds a member.
 * @param name in camel case; also what is given where the object has neither spelling
 */
export function spelt(from: JsonObject, name: string): string {
  if (from[name] !== undefined) return name;
  const snake = snakeCase(name);
  return from[snake] === undefined ? name : snake;
}

export const snakeCase = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const camelCase = (name: string): string =>
  name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The member under either spelling; undefined where there is none. */
export const member = (from: JsonObject, name: string): unknown => from[spelt(from, name)];

/** A member of an upstream's answer that should be an object; an empty one where it is not. */
export function objectIn(from: JsonObject, name: string): JsonObject {
  const value = from[name];
  return isObject(value) ? value : {};
}

/** The text of a member of an upstream's answer; empty where it is none. */
export function textIn(from: JsonObject, name: string): string {
  const value = from[name];
  return typeof value === 'string' ? value : '';
}

/** A number, or the text of one. */
export function looseNumberOf(from: JsonObject, name: string, path: Path): number | null {
  const written = spelt(from, name);
  const value = from[written];
  if (typeof value !== 'string') return numberOf(from, written, path);
  const number = Number(value);
  return value.trim() !== '' && Number.isFinite(number)
    ? number
    : refuse(below(path, written), A_NUMBER, value);
}

/** A whole number from `least` up, or the text of one. */
export function looseCountOf(from: JsonObject, name: string, path: Path, least = 0): number | null {
  const value = looseNumberOf(from, name, path);
  if (value === null || (Number.isInteger(value) && value >= least)) return value;
  return refuse(below(path, spelt(from, name)), countFrom(least), value);
}
