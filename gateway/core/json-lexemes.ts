/**
 * The smallest parts of JSON text (RFC 8259) checked on raw bytes: white space, strings, numbers, literals.
 * Each function takes the offset where its part begins and returns the offset just behind it.
 */
import { placeAt } from './body-error.ts';
import { toldError } from './told-error.ts';
import type { GatewayError } from './errors.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const ZERO = 0x30;
const LOWER_U = 0x75;

/** 1 where a run of plain string bytes ends: quote, backslash, control characters. */
const ENDS_RUN = new Uint8Array(256).map((_, byte) =>
  byte < 0x20 || byte === QUOTE || byte === BACKSLASH ? 1 : 0,
);
/** 1 for the letters that may follow a backslash, `u` aside. */
const ESCAPES = byteSet('"\\/bfnrt');

function byteSet(characters: string): Uint8Array {
  const set = new Uint8Array(256);
  for (const character of characters) set[character.charCodeAt(0)] = 1;
  return set;
}

/** Skips space, tab and line breaks; small enough to be inlined where there is none, as in most bodies. */
export function skipSpace(bytes: Uint8Array, start: number): number {
  return (bytes[start] ?? 0) > 0x20 ? start : skipSpaces(bytes, start);
}

function skipSpaces(bytes: Uint8Array, start: number): number {
  let at = start;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at += 1;
  return at;
}

/**
 * @param start offset of the opening quote
 * @throws GatewayError `invalid_json`; `invalid_unicode` for an escaped surrogate without its partner
 */
export function skipString(bytes: Uint8Array, start: number): number {
  const length = bytes.length;
  let at = start + 1;
  for (;;) {
    while (at < length && ENDS_RUN[bytes[at] ?? 0] === 0) at += 1;
    if (at >= length) throw malformed(bytes, length, 'the end of a string');
    if (bytes[at] === QUOTE) return at + 1;
    if (bytes[at] !== BACKSLASH) throw malformed(bytes, at, 'an escape such as \\n or \\u0000');
    at = skipEscape(bytes, at);
  }
}

/** @param start offset of the backslash */
function skipEscape(bytes: Uint8Array, start: number): number {
  const letter = bytes[start + 1] ?? 0;
  if (ESCAPES[letter] === 1) return start + 2;
  if (letter !== LOWER_U) throw malformed(bytes, start + 1, 'one of " \\ / b f n r t u after the backslash');
  const unit = codeUnit(bytes, start + 2);
  if (unit < 0xd800 || unit > 0xdfff) return start + 6;
  const partnered = unit < 0xdc00 && bytes[start + 6] === BACKSLASH && bytes[start + 7] === LOWER_U;
  const partner = partnered ? codeUnit(bytes, start + 8) : 0;
  if (partner >= 0xdc00 && partner <= 0xdfff) return start + 12;
  const place = placeAt(bytes, start);
  throw toldError(
    'invalid_unicode',
    `The request body holds half a character: the escape \\u${unit.toString(16)} at ${place.words} ` +
      `is a surrogate without its partner. Remove it, or cut texts between whole characters.`,
    'body-half-character',
    place.values,
  );
}

/** Reads four hexadecimal digits. */
function codeUnit(bytes: Uint8Array, start: number): number {
  let unit = 0;
  for (let at = start; at < start + 4; at += 1) {
    const byte = bytes[at] ?? 0;
    const letter = byte | 0x20;
    if (isDigit(byte)) unit = unit * 16 + byte - ZERO;
    else if (letter >= 0x61 && letter <= 0x66) unit = unit * 16 + letter - 0x57;
    else throw malformed(bytes, at, 'a hexadecimal digit');
  }
  return unit;
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte <= 0x39;

/**
 * @param start offset of the minus sign or first digit
 * @throws GatewayError `invalid_json`
 */
export function skipNumber(bytes: Uint8Array, start: number): number {
  let at = bytes[start] === MINUS ? start + 1 : start;
  at = bytes[at] === ZERO ? at + 1 : skipDigits(bytes, at);
  if (bytes[at] === POINT) at = skipDigits(bytes, at + 1);
  if (bytes[at] === 0x65 || bytes[at] === 0x45) {
    const signed = bytes[at + 1] === PLUS || bytes[at + 1] === MINUS;
    at = skipDigits(bytes, signed ? at + 2 : at + 1);
  }
  return at;
}

/** One digit at least. */
function skipDigits(bytes: Uint8Array, start: number): number {
  let at = start;
  while (isDigit(bytes[at])) at += 1;
  if (at === start) throw malformed(bytes, at, 'a digit');
  return at;
}

/**
 * @param text `true`, `false` or `null`
 * @throws GatewayError `invalid_json`
 */
export function skipLiteral(bytes: Uint8Array, start: number, text: string): number {
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[start + index] !== text.charCodeAt(index)) throw malformed(bytes, start + index, text);
  }
  return start + text.length;
}

/** What is wrong with a body that is not JSON, where, and what would have been right there. */
export function malformed(bytes: Uint8Array, at: number, expected: string): GatewayError {
  if (at >= bytes.length) {
    return toldError(
      'invalid_json',
      `The request body is not complete: it ends after ${bytes.length} bytes where ${expected} was expected. ` +
        `Send the whole JSON document.`,
      'body-ends',
    );
  }
  const found = shown(bytes[at] ?? 0);
  const place = placeAt(bytes, at);
  return toldError(
    'invalid_json',
    `The request body is not valid JSON: found ${found.english} at ${place.words} ` +
      `where ${expected} was expected.`,
    'body-no-json',
    { ...place.values, found: found.sign },
  );
}

function shown(byte: number): { readonly english: string; readonly sign: string } {
  if (byte > 0x20 && byte < 0x7f) {
    const sign = `"${String.fromCharCode(byte)}"`;
    return { english: sign, sign };
  }
  const sign = `0x${byte.toString(16).padStart(2, '0')}`;
  return { english: `the byte ${sign}`, sign };
}
