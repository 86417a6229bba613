/**
 * Where the parts of a request stand that later requests of the same conversation send again: each message, the
 * instructions, the tools. Nothing is validated: whatever the bytes are, the ranges lie inside them, in order and
 * apart, and bytes that make no sense only end the search. Pure.
 */
import type { ByteRange } from './scan-body.ts';

export interface BodyPart extends ByteRange {
  readonly kind: 'message' | 'instructions' | 'tools';
}

/** Members that hold one item for each message. */
const LISTS: ReadonlySet<string> = new Set(['messages', 'input', 'contents', 'prompt']);
const INSTRUCTIONS: ReadonlySet<string> = new Set([
  'system',
  'instructions',
  'systemInstruction',
  'system_instruction',
]);
const TOOLS: ReadonlySet<string> = new Set(['tools', 'functions']);
const LONGEST_NAME = 'system_instruction'.length;

/** What follows is one piece: it costs more to keep messages apart than they can save. */
const MOST_PARTS = 10_000;

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;

/** @param body of a request; bytes that are no JSON object have no parts */
export function bodyParts(body: Uint8Array): readonly BodyPart[] {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  const parts: BodyPart[] = [];
  let at = skipSpace(bytes, 0);
  if (bytes[at] !== OPEN_BRACE) return parts;
  at = skipSpace(bytes, at + 1);
  while (bytes[at] === QUOTE && parts.length < MOST_PARTS) {
    const nameEnd = endOfString(bytes, at);
    const name = nameEnd - at - 2 > LONGEST_NAME ? '' : bytes.toString('latin1', at + 1, nameEnd - 1);
    const colon = skipSpace(bytes, nameEnd);
    if (bytes[colon] !== COLON) break;
    const end = collect(bytes, name, skipSpace(bytes, colon + 1), parts);
    if (end === -1) break;
    at = skipSpace(bytes, end);
    if (bytes[at] !== COMMA) break;
    at = skipSpace(bytes, at + 1);
  }
  return parts;
}

/** Adds what one member holds; answers its end, -1 when the bytes end before it does. */
function collect(bytes: Buffer, name: string, start: number, parts: BodyPart[]): number {
  if (LISTS.has(name) && bytes[start] === OPEN_BRACKET) return collectItems(bytes, start, parts);
  const end = endOfValue(bytes, start);
  const isText = bytes[start] === QUOTE || bytes[start] === OPEN_BRACE || bytes[start] === OPEN_BRACKET;
  if (end === -1 || !isText) return end;
  if (LISTS.has(name)) parts.push({ start, end, kind: 'message' });
  else if (INSTRUCTIONS.has(name)) parts.push({ start, end, kind: 'instructions' });
  else if (TOOLS.has(name)) parts.push({ start, end, kind: 'tools' });
  return end;
}

/** Each object is a part; a list of anything else (texts to be embedded, numbers) is one as a whole. */
function collectItems(bytes: Buffer, opening: number, parts: BodyPart[]): number {
  let start = skipSpace(bytes, opening + 1);
  if (bytes[start] === CLOSE_BRACKET) return start + 1;
  if (bytes[start] !== OPEN_BRACE) {
    const end = endOfValue(bytes, opening);
    if (end !== -1) parts.push({ start: opening, end, kind: 'message' });
    return end;
  }
  for (;;) {
    const end = endOfValue(bytes, start);
    if (end === -1) return -1;
    if (bytes[start] === OPEN_BRACE) parts.push({ start, end, kind: 'message' });
    const next = skipSpace(bytes, end);
    if (bytes[next] === CLOSE_BRACKET) return next + 1;
    if (bytes[next] !== COMMA || parts.length >= MOST_PARTS) return -1;
    start = skipSpace(bytes, next + 1);
  }
}

/** Offset behind a value; -1 when the bytes end before it does, or there is none. */
function endOfValue(bytes: Buffer, start: number): number {
  let depth = 0;
  let at = start;
  while (at < bytes.length) {
    switch (bytes[at]) {
      case QUOTE:
        at = endOfString(bytes, at);
        if (at > bytes.length) return -1;
        if (depth === 0) return at;
        continue;
      case OPEN_BRACE:
      case OPEN_BRACKET:
        depth += 1;
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        if (depth === 0) return at > start ? at : -1;
        depth -= 1;
        if (depth === 0) return at + 1;
        break;
      case COMMA:
        if (depth === 0) return at > start ? at : -1;
    }
    at += 1;
  }
  return -1;
}

/** Offset behind the closing quote; behind the end of the bytes where it is missing. */
function endOfString(bytes: Buffer, opening: number): number {
  let at = bytes.indexOf(QUOTE, opening + 1);
  while (at !== -1 && isEscaped(bytes, at, opening)) at = bytes.indexOf(QUOTE, at + 1);
  return at === -1 ? bytes.length + 1 : at + 1;
}

function isEscaped(bytes: Buffer, at: number, opening: number): boolean {
  let before = at - 1;
  while (before > opening && bytes[before] === BACKSLASH) before -= 1;
  return (at - before) % 2 === 0;
}

function skipSpace(bytes: Buffer, start: number): number {
  let at = start;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at += 1;
  return at;
}
