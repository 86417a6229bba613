/** Counts of a whole answer that was too large to be held: they stand near its end, behind pictures. Pure. */
import { isObject, parseJson, type JsonObject } from '../core/json.ts';
import type { BodyCapture } from '../core/log-store.ts';
import type { ResponseFacts } from '../core/usage.ts';
import { NO_FACTS } from './attempt-end.ts';
import type { AnswerReading } from './reading.ts';

/** Bytes at the end of an answer that are looked through. */
const TAIL_BYTES = 65_536;
/** No text within the answer, where quotes are escaped. */
const COUNTS = /"(usage|usageMetadata)"\s*:\s*(?=\{)/g;
const DRAWN = '"b64_json"';

/** Read as if they stood at the end of a stream, which brings nothing else. */
export function tailCounts({ observe }: Pick<AnswerReading, 'observe'>, answer: BodyCapture): ResponseFacts {
  const tail = tailOf(answer.chunks);
  const last = [...tail.matchAll(COUNTS)].at(-1);
  const [found, name] = last ?? [];
  if (last === undefined || found === undefined || name === undefined) return NO_FACTS;
  const counts = objectAt(tail, last.index + found.length);
  if (counts === undefined) return NO_FACTS;
  const drawn = Buffer.concat(answer.chunks.slice(0, 1)).includes(DRAWN) || tail.includes(DRAWN);
  const observer = observe();
  for (const event of endOfStream({ [name]: counts }, drawn)) {
    observer.observe(Buffer.from(`data: ${JSON.stringify(event)}\n\n`));
  }
  return observer.facts();
}

/** Of any format: each reads its own events, and those of others mean nothing to it. */
const endOfStream = (counts: JsonObject, drawn: boolean): readonly JsonObject[] => [
  // Messages: these are the last counts.
  { type: 'message_stop' },
  // Responses.
  { type: 'response.completed', response: counts },
  // Messages, Chat and its relatives, Gemini.
  { type: 'message_delta', choices: [], ...counts, ...(drawn ? { data: [{ b64_json: '' }] } : {}) },
];

function tailOf(chunks: readonly Uint8Array[]): string {
  const last: Uint8Array[] = [];
  let bytes = 0;
  for (const chunk of chunks.toReversed()) {
    if (bytes >= TAIL_BYTES) break;
    last.unshift(chunk.subarray(-TAIL_BYTES));
    bytes += chunk.length;
  }
  return Buffer.concat(last).toString('utf8');
}

/** Counts hold no texts with braces in them. */
function objectAt(text: string, start: number): JsonObject | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    else if (text[at] === '}') depth -= 1;
    if (depth > 0) continue;
    const value = parseJson(text.slice(start, at + 1));
    return isObject(value) ? value : undefined;
  }
  return undefined;
}
