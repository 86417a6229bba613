/**
 * What tells a conversation from others where no header does: all that came before the model first spoke, which
 * stays while the conversation grows. Instructions are left out: all conversations of a tool share them. Pure.
 */
import { hash } from 'node:crypto';
import { decodeText, isObject, parseJson, type JsonObject } from './json.ts';
import type { ByteRange, ScannedBody } from './scan-body.ts';

/** Bytes that are looked at, instructions aside. */
const MOST = 16_384;
/** Bytes in which an item too long to be parsed says whose it is. */
const HEAD = 100;

const OPENING: ReadonlySet<number | undefined> = new Set(Buffer.from('{['));
const CLOSING: ReadonlySet<number | undefined> = new Set(Buffer.from('}]'));
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const BRACKET = 0x5b;

/** Headers by which tools name their session. */
const SESSIONS = ['session_id', 'x-claude-code-session-id', 'x-session-id'];

/** The name a tool gave its session; undefined where it gave none. */
export function sessionOf(headers: Readonly<Record<string, unknown>>): string | undefined {
  for (const header of SESSIONS) {
    const value = headers[header];
    if (typeof value === 'string') return value.slice(0, 200);
  }
  return undefined;
}

/** A collision only makes a preference wrong. */
export function beginningOf({ bytes, members }: ScannedBody): string {
  const range = members.messages ?? members.input ?? members.contents ?? { start: 0, end: 0 };
  const items = bytes[range.start] === BRACKET ? itemsOf(bytes, range) : [range];
  return beginningOfMessages(bytesOf(bytes, items));
}

function* bytesOf(bytes: Uint8Array, ranges: Iterable<ByteRange>): Generator<Uint8Array> {
  for (const { start, end } of ranges) yield bytes.subarray(start, end);
}

/** @param messages JSON of each, in order; no more of them are taken than are needed */
export function beginningOfMessages(messages: Iterable<Uint8Array>): string {
  const words: string[] = [];
  let left = MOST;
  for (const message of messages) {
    const { length } = message;
    const text = decodeText(message.subarray(0, MOST));
    const value = length > MOST ? undefined : parseJson(text);
    if (isObject(value) ? isInstruction(value) : INSTRUCTION.test(text.slice(0, HEAD))) continue;
    if (isObject(value) && isOfModel(value)) break;
    // Marks of the cache move on to newer messages.
    words.push(value === undefined ? text : JSON.stringify(value, withoutMarks));
    left -= length;
    if (left <= 0) break;
  }
  return hash('sha1', words.join('\n'), 'base64');
}

const INSTRUCTION = /"role"\s*:\s*"(?:system|developer)"/;
const isInstruction = ({ role }: JsonObject): boolean => role === 'system' || role === 'developer';

/** Calls and thoughts are items of their own in Responses, without a role. */
function isOfModel({ role, type, parts }: JsonObject): boolean {
  if (typeof role === 'string') return role !== 'user';
  return parts === undefined && type !== undefined && type !== 'message';
}

const withoutMarks = (name: string, value: unknown): unknown =>
  name === 'cache_control' ? undefined : value;

/** The items of an array that is known to be valid JSON. */
function* itemsOf(bytes: Uint8Array, { start: opening, end: closing }: ByteRange): Generator<ByteRange> {
  let depth = 0;
  let start = opening + 1;
  for (let at = start; at < closing; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (OPENING.has(byte)) depth += 1;
    else if (CLOSING.has(byte)) depth -= 1;
    if (depth > 0 || (depth === 0 && byte !== COMMA)) continue;
    if (at > start) yield { start, end: at };
    start = at + 1;
  }
}

/** Offset of the closing quote. */
function endOfString(bytes: Uint8Array, opening: number): number {
  let at = bytes.indexOf(QUOTE, opening + 1);
  while (isEscaped(bytes, at)) at = bytes.indexOf(QUOTE, at + 1);
  return at;
}

function isEscaped(bytes: Uint8Array, at: number): boolean {
  let before = at - 1;
  while (bytes[before] === BACKSLASH) before -= 1;
  return (at - before) % 2 === 0;
}
