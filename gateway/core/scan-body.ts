/**
 * One look at a request body: is it JSON that can be relayed, and where do the members stand that the gateway
 * reads or replaces? The body is never parsed as a whole, so numbers keep their digits and keys such as
 * `__proto__` stay bytes.
 */
import { isUtf8 } from 'node:buffer';
import { placeAt } from './body-error.ts';
import { toldError } from './told-error.ts';
import type { GatewayError } from './errors.ts';
import { malformed, skipLiteral, skipNumber, skipSpace, skipString } from './json-lexemes.ts';

/** Containers inside each other, the top-level object included. */
export const MAX_DEPTH = 64;

export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Members of a request's top level that the gateway cares about. */
export type TopLevelMember =
  | 'model'
  | 'stream'
  | 'stream_options'
  | 'messages'
  | 'input'
  | 'contents'
  | 'tools'
  | 'functions'
  | 'background'
  | 'conversation';

const MEMBERS: readonly TopLevelMember[] = [
  'model',
  'stream',
  'stream_options',
  'messages',
  'input',
  'contents',
  'tools',
  'functions',
  'background',
  'conversation',
];
/** First bytes a member's name can begin with; a backslash when it is spelt with escapes. */
const FIRST_BYTES: ReadonlySet<number | undefined> = new Set(Buffer.from('msictfb\\'));
/** Bytes of the shortest and of the longest member name, the latter spelled wholly in `\u` escapes. */
const SHORTEST_NAME = 5;
const LONGEST_NAME = 14 * 6;

/** A request body that is valid JSON with an object at the top, looked at once and never parsed as a whole. */
export interface ScannedBody {
  readonly bytes: Uint8Array;
  /** Byte range of each member's value. */
  readonly members: Readonly<Partial<Record<TopLevelMember, ByteRange>>>;
  /** Offset just behind the opening brace of the top-level object: the place for an added first member. */
  readonly insertAt: number;
  /** True when the top-level object has no member at all. */
  readonly empty: boolean;
}

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;

/** What the grammar allows next. */
const FIRST_KEY = 0;
const KEY = 1;
const FIRST_ITEM = 2;
const ITEM = 3;
const AFTER_VALUE = 4;
const EXPECTED: readonly string[] = [
  'a member name in quotes or "}"',
  'a member name in quotes',
  'a value or "]"',
  'a value',
];

/**
 * Validates UTF-8, the whole JSON grammar and our own bounds in one pass without recursion.
 * @throws GatewayError `empty_body`, `invalid_json`, `invalid_unicode`, `invalid_request` (not an object),
 *   `body_too_deep` (over 64 levels), `duplicate_member` (two members of the same meaning to the gateway)
 */
export function scanBody(bytes: Uint8Array): ScannedBody {
  const start = findObject(bytes);
  const members: Partial<Record<TopLevelMember, ByteRange>> = {};
  /** 1 where the container at that depth is an object. */
  const objects = new Uint8Array(MAX_DEPTH + 1);
  objects[1] = 1;
  let depth = 1;
  let state = FIRST_KEY;
  let name: TopLevelMember | undefined;
  let valueStart = 0;
  let at = start + 1;

  while (depth > 0) {
    at = skipSpace(bytes, at);
    const byte = bytes[at];
    const inObject = objects[depth] === 1;

    if (state === AFTER_VALUE && byte === COMMA) {
      state = inObject ? KEY : ITEM;
      at += 1;
      continue;
    }
    const closes = inObject ? byte === CLOSE_BRACE : byte === CLOSE_BRACKET;
    if (closes && (state === AFTER_VALUE || state === FIRST_KEY || state === FIRST_ITEM)) {
      depth -= 1;
      at += 1;
    } else if (state === AFTER_VALUE) {
      throw malformed(bytes, at, inObject ? '"," or "}"' : '"," or "]"');
    } else if (inObject && state !== ITEM) {
      if (byte !== QUOTE) throw malformed(bytes, at, EXPECTED[state] ?? '');
      const nameEnd = skipString(bytes, at);
      if (depth === 1) name = memberName(bytes, at + 1, nameEnd - 1);
      at = skipSpace(bytes, nameEnd);
      if (bytes[at] !== COLON) throw malformed(bytes, at, '":" after the member name');
      at = skipSpace(bytes, at + 1);
      if (depth === 1) valueStart = at;
      state = ITEM;
      continue;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth += 1;
      if (depth > MAX_DEPTH) throw tooDeep(bytes, at);
      objects[depth] = byte === OPEN_BRACE ? 1 : 0;
      state = byte === OPEN_BRACE ? FIRST_KEY : FIRST_ITEM;
      at += 1;
      continue;
    } else {
      at = skipScalar(bytes, at, EXPECTED[state] ?? '');
    }

    // a value has ended
    state = AFTER_VALUE;
    if (depth === 1 && name !== undefined) {
      const earlier = members[name];
      if (earlier !== undefined) throw duplicate(bytes, name, earlier.start, valueStart);
      members[name] = { start: valueStart, end: at };
      name = undefined;
    }
  }

  const end = skipSpace(bytes, at);
  if (end < bytes.length) throw malformed(bytes, end, 'the end of the body');
  const insertAt = start + 1;
  return { bytes, members, insertAt, empty: bytes[skipSpace(bytes, insertAt)] === CLOSE_BRACE };
}

/** Offset of the top-level object's brace. */
function findObject(bytes: Uint8Array): number {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    throw toldError(
      'invalid_json',
      'The request body begins with a byte order mark (bytes EF BB BF), which JSON does not allow. Send UTF-8 without it.',
      'body-mark',
    );
  }
  if (!isUtf8(bytes)) {
    const place = placeAt(bytes, firstBadByte(bytes));
    throw toldError(
      'invalid_unicode',
      `The request body is not valid UTF-8 at ${place.words}. Encode it as UTF-8.`,
      'body-not-utf8',
      place.values,
    );
  }
  const start = skipSpace(bytes, 0);
  if (start === bytes.length) {
    throw toldError(
      'empty_body',
      'The request body is empty. Send a JSON object that names a model.',
      'body-empty',
    );
  }
  if (bytes[start] === OPEN_BRACE) return start;
  if (bytes[start] === OPEN_BRACKET) throw notAnObject('an array');
  skipScalar(bytes, start, 'a JSON object');
  throw notAnObject('a single value');
}

function notAnObject(found: string): GatewayError {
  return toldError(
    'invalid_request',
    `The request body must be a JSON object in braces, but it is ${found}.`,
    'body-no-object',
  );
}

/** Where decoding first went wrong; the decoder puts U+FFFD there, so the bytes differ. */
function firstBadByte(bytes: Uint8Array): number {
  const decoded = Buffer.from(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  let at = 0;
  while (at < bytes.length && bytes[at] === decoded[at]) at += 1;
  return at;
}

function skipScalar(bytes: Uint8Array, at: number, expected: string): number {
  switch (bytes[at]) {
    case QUOTE:
      return skipString(bytes, at);
    case 0x74:
      return skipLiteral(bytes, at, 'true');
    case 0x66:
      return skipLiteral(bytes, at, 'false');
    case 0x6e:
      return skipLiteral(bytes, at, 'null');
    default: {
      const byte = bytes[at] ?? 0;
      if (byte !== 0x2d && (byte < 0x30 || byte > 0x39)) throw malformed(bytes, at, expected);
      return skipNumber(bytes, at);
    }
  }
}

/** The member a name between quotes stands for, escapes decoded: `mod\u0065l` is `model`. */
function memberName(bytes: Uint8Array, start: number, end: number): TopLevelMember | undefined {
  const length = end - start;
  if (length < SHORTEST_NAME || length > LONGEST_NAME || !FIRST_BYTES.has(bytes[start])) return undefined;
  const written = Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString('latin1');
  const decoded: unknown = written.includes('\\') ? JSON.parse(`"${written}"`) : written;
  return MEMBERS.find((member) => member === decoded);
}

function tooDeep(bytes: Uint8Array, at: number): GatewayError {
  const place = placeAt(bytes, at);
  return toldError(
    'body_too_deep',
    `The request body is nested more than ${MAX_DEPTH} levels deep at ${place.words}. Flatten it, or send the deep part as a string.`,
    'body-nested',
    { most: MAX_DEPTH, ...place.values },
  );
}

function duplicate(bytes: Uint8Array, name: string, first: number, second: number): GatewayError {
  const again = placeAt(bytes, second);
  return toldError(
    'duplicate_member',
    `The member "${name}" stands twice in the request body: its values are at ${placeAt(bytes, first).words} and ${again.words}. Send it once.`,
    'body-twice',
    { name, ...again.values },
  );
}
