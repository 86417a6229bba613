/**
 * What a person would read in a message or an answer: texts, reasoning, names of tools, their arguments and results;
 * not the syntax around them, nor ids, signatures and pictures. Pure.
 */
import { isArray, isObject, parseJson } from './json.ts';

/** Members that say nothing to a reader. Among the arguments of a tool every member may. */
const SILENT: ReadonlySet<string> = new Set([
  'type',
  'role',
  'id',
  'object',
  'model',
  'modelVersion',
  'status',
  'phase',
  'finish_reason',
  'finishReason',
  'stop_reason',
  'stop_sequence',
  'done_reason',
  'system_fingerprint',
  'service_tier',
  'responseId',
  'created_at',
  'tool_use_id',
  'tool_call_id',
  'call_id',
  'item_id',
  'previous_response_id',
  'encrypted_content',
  'signature',
  'thoughtSignature',
  'thought_signature',
  'reasoning_details',
  'data',
  'image_url',
  'file_id',
  'media_type',
  'mime_type',
  'mimeType',
  'cache_control',
  'format',
  'detail',
]);

const ARGUMENTS: ReadonlySet<string> = new Set(['arguments', 'args', 'input']);

/** Levels that are looked into. */
const MOST_DEPTH = 64;
/** Characters without a space from which on a text is taken for encoded bytes. */
const ENCODED = /^[\w+/=-]{256}|^data:[\w/+.-]*;base64,/;

/** @param most characters; the rest is left out */
export function partText(json: string, most: number): string {
  const value = parseJson(json);
  // Half a message is still words.
  if (value === undefined) return json.slice(0, most);
  const texts: string[] = [];
  let left = most;

  function add(text: string): void {
    if (text === '' || ENCODED.test(text)) return;
    texts.push(text.length > left ? text.slice(0, left) : text);
    left -= text.length + 1;
  }

  function walk(inner: unknown, isArguments: boolean, depth: number): void {
    if (left <= 0 || depth > MOST_DEPTH) return;
    if (typeof inner === 'string') add(inner);
    else if (isArray(inner)) for (const item of inner) walk(item, isArguments, depth + 1);
    else if (isObject(inner)) {
      for (const name in inner) member(name, inner[name], isArguments, depth);
    }
  }

  function member(name: string, inner: unknown, isArguments: boolean, depth: number): void {
    if (isArguments) return walk(inner, true, depth + 1);
    if (SILENT.has(name)) return;
    if (!ARGUMENTS.has(name)) return walk(inner, false, depth + 1);
    const parsed = name === 'arguments' && typeof inner === 'string' ? parseJson(inner) : undefined;
    walk(parsed ?? inner, true, depth + 1);
  }

  walk(value, false, 0);
  return texts.join('\n');
}
