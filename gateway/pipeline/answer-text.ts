/** What an answer said, read from the bytes the client got, for whoever counts it afterwards. Pure. */
import type { StreamPart } from '../core/canonical/stream-parts.ts';
import type { ClientShape } from '../core/client-shape.ts';
import type { Dialect } from '../core/dialect.ts';
import { decodeText, isObject, parseJson } from '../core/json.ts';
import type { BodyCapture } from '../core/log-store.ts';
import { readEvent, splitEvents } from '../core/sse.ts';
import { dialects } from '../dialects/index.ts';

export interface AnswerText {
  /** Text, refusals and calls of tools. */
  readonly said: string;
  readonly thought: string;
  /** How much longer the whole answer was than what was read of it. */
  readonly scale: number;
}

/** Bytes that are read; of more the beginning stands for the rest. */
const MOST_BYTES = 262_144;

export function answerText(shape: ClientShape, { chunks, bytes }: BodyCapture): AnswerText {
  const read = Buffer.concat(chunks).subarray(0, MOST_BYTES);
  const dialect = Object.values(dialects).find(({ id }) => id === shape.id);
  const parts = dialect === undefined ? null : partsOf(dialect, read);
  const { said, thought } = parts === null ? quoted(decodeText(read)) : joined(parts);
  return { said, thought, scale: read.length === 0 ? 1 : bytes / read.length };
}

/** Null for what is neither a whole answer nor a stream of events. */
function partsOf(dialect: Dialect, body: Uint8Array): readonly StreamPart[] | null {
  const value = parseJson(decodeText(body));
  try {
    if (isObject(value)) return dialect.decodeAnswer(value);
    const decoder = dialect.decodeStream();
    const events = splitEvents(body).events.map(readEvent);
    if (value !== undefined || events.every(({ data }) => data === null)) return null;
    return events.flatMap((event) => (event.data === null ? [] : decoder.decode(event)));
  } catch {
    // Half an answer need not be readable.
    return null;
  }
}

function joined(parts: readonly StreamPart[]): { readonly said: string; readonly thought: string } {
  let said = '';
  let thought = '';
  for (const part of parts) {
    if (part.kind === 'reasoning-delta') thought += part.text;
    else if (part.kind === 'tool-call-start') said += part.name;
    else if ('text' in part) said += part.text;
  }
  return { said, thought };
}

/** Members that hold what a model said in formats whose answers nobody reads: Ollama's, arrays, cut-off JSON. */
const MEMBER = /"(content|response|text|thinking|arguments)"\s*:\s*("(?:[^"\\]|\\.)*")/g;

function quoted(body: string): { readonly said: string; readonly thought: string } {
  let said = '';
  let thought = '';
  for (const [, name, text = ''] of body.matchAll(MEMBER)) {
    const value = parseJson(text);
    if (typeof value !== 'string') continue;
    if (name === 'thinking') thought += value;
    else said += value;
  }
  return { said, thought };
}
