/** A request's body with placeholders in place of what must not leave. Bytes that need no change stay as they are. Pure. */
import { isObject, parseJson } from '../core/json.ts';
import { jsonLeaves, type JsonLeaf } from '../core/json-leaves.ts';
import { splice, type Edit } from '../core/splice.ts';

/** Makes a text fit to leave; the very same where it is. */
export type MaskText = (text: string) => Generator<undefined, string>;

/** Members that tell how to read a request, not what it says: names, ids, signatures, bytes. */
const STRUCTURE: ReadonlySet<string> = new Set([
  ...['model', 'type', 'role', 'name', 'id', 'call_id', 'tool_call_id', 'tool_use_id', 'item_id', 'status'],
  ...['previous_response_id', 'prompt_cache_key', 'signature', 'thoughtSignature', 'thought_signature'],
  ...[
    'encrypted_content',
    'images',
    'data',
    'file_data',
    'file_id',
    'media_type',
    'mimeType',
    'mime_type',
    'format',
  ],
]);
/** Members whose objects are what tools are given and give back: there everything is content. */
const FREE: ReadonlySet<string> = new Set(['arguments', 'args', 'input', 'response', 'output']);

/** @param bytes a whole JSON document @returns the very same bytes where nothing is masked */
export function* maskedBody(bytes: Uint8Array, mask: MaskText): Generator<undefined, Uint8Array> {
  const edits: Edit[] = [];
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (const leaf of jsonLeaves(bytes)) {
    const { kind, start, end, path } = leaf;
    const free = isFree(leaf);
    if (!free && (kind === 'number' || STRUCTURE.has(path.at(-1) ?? ''))) continue;
    const written = text.toString('utf8', start, end);
    const value: unknown = kind === 'number' ? written : parseJson(written);
    if (typeof value !== 'string' || DATA_URL.test(value)) continue;
    const masked = path.at(-1) === 'arguments' ? yield* maskedArguments(value, mask) : yield* mask(value);
    if (masked !== value) edits.push({ start, end, text: JSON.stringify(masked) });
  }
  return edits.length === 0 ? bytes : Buffer.concat(splice(bytes, edits).chunks);
}

/** Pictures and the like, within an address. */
const DATA_URL = /^data:[^,]{0,200};base64,/;
/** What these hold describes tools and answers, and is none of their content. */
const SCHEMAS: ReadonlySet<string> = new Set([
  'tools',
  'response_format',
  'text',
  'generationConfig',
  'output_config',
]);

/** Inside of an object that a tool is given or gives back. The input of a whole request is no such thing. */
function isFree({ path }: JsonLeaf): boolean {
  if (SCHEMAS.has(path[0] ?? '')) return false;
  return path.some((name, depth) => FREE.has(name) && depth > 0 && depth < path.length - 1);
}

/** Arguments of a tool are JSON within a text, and have to stay JSON. */
function* maskedArguments(text: string, mask: MaskText): Generator<undefined, string> {
  if (!isObject(parseJson(text))) return yield* mask(text);
  const bytes = Buffer.from(`{"arguments":{"":${text}}}`);
  const wrapped = Buffer.from(`{"":${bytes.toString()}}`);
  const masked = yield* maskedBody(wrapped, mask);
  return masked === wrapped ? text : Buffer.from(masked).toString().slice('{"":{"arguments":{"":'.length, -3);
}
