/** Which leaves of a request's body say something, and which only tell how to read it. Pure. */
import { isNeeded } from './provider-ties.ts';

/** Members that name a kind, or that a program made for programs. Written by hand there is only a word of a few. */
const MARKS: ReadonlySet<string> = new Set([
  ...['model', 'type', 'role', 'status', 'media_type', 'mimeType', 'mime_type', 'responseMimeType', 'format'],
  ...['id', 'call_id', 'tool_call_id', 'tool_use_id', 'item_id', 'previous_response_id'],
  ...['approval_request_id', 'connector_id', 'skill_id', 'conversation', 'cachedContent', 'cached_content'],
  ...['file_id', 'file_ids', 'fileUri', 'file_uri', 'vector_store_ids', 'ragFileIds', 'rag_file_ids'],
  ...['fileSearchStoreNames', 'file_search_store_names', 'datastore', 'ragCorpus', 'rag_corpus'],
  ...['allowed_domains', 'blocked_domains', 'encrypted_stdout'],
  ...['container', 'container_id', 'prompt_cache_key', 'encrypted_index', 'encrypted_content'],
  ...['signature', 'thoughtSignature', 'thought_signature', 'tool_choice', 'effort', 'reasoning_effort'],
  ...['detail', 'modalities', 'responseModalities', 'include', 'truncation', 'service_tier', 'serviceTier'],
  ...['category', 'threshold', 'verbosity', 'outcome', 'language'],
]);
/** Names that a request is tied together with; they say something, too. */
const NAMES: ReadonlySet<string> = new Set([
  ...['name', 'server_label', 'server_name', 'mcp_server_name', 'tool_name', 'namespace', 'allowed_tools'],
  ...['allowedFunctionNames', 'allowed_function_names', 'required', 'propertyOrdering', '$ref'],
]);
/** Who asks, as programs name people. */
const PEOPLE: ReadonlySet<string> = new Set(['user', 'user_id', 'safety_identifier']);
/** Of letters, digits and what joins them alone: a word, an id, a signature, ids in JSON (Claude Code's `user_id`). */
const MARK = /^[\w.:|+/={}",-]*$/;
/** What programs say of themselves, and ids of it: their digits may look like the number of a card. */
const ABOUT: ReadonlySet<string> = new Set(['metadata', 'client_metadata']);
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Members that hold pictures, sounds and files, if not a text in their place. */
const BYTES: ReadonlySet<string> = new Set(['data', 'file_data', 'images', 'image', 'b64_json', 'result']);
const BASE64 = /^[\w+/-]*={0,2}$/;
const DATA_URL = /^data:[^,\s]{0,200};base64,[\w+/-]*={0,2}$/;
/** Characters that no picture has fewer of, and hardly a word has as many. */
const SHORTEST_BYTES = 64;

/** Members whose objects are what tools are given and give back: there everything is content. */
const FREE: ReadonlySet<string> = new Set(['arguments', 'args', 'input', 'response', 'input_examples']);
/** What these hold describes tools and answers, and is none of their content. */
const SCHEMAS: ReadonlySet<string> = new Set([
  ...['tools', 'response_format', 'text', 'generationConfig', 'output_config'],
]);

/**
 * Inside of an object that a tool is given or gives back. The input of a whole request is no such thing.
 * @param path names of the objects that a member or a name lies in, the outermost first
 */
export function isFree(path: readonly string[]): boolean {
  if (SCHEMAS.has(path[0] ?? '') && !path.includes('input_examples')) return false;
  return path.some((name, depth) => FREE.has(name) && depth > 0);
}

/** To put something else there would break the request: kinds, ids and names. */
const isTie = (name: string): boolean => MARKS.has(name) || NAMES.has(name);

/**
 * Is not searched, and so not masked.
 * @param path names of the objects that the member lies in, which are none that tools are given
 */
export const isMark = (name: string, text: string, path: readonly string[]): boolean =>
  ((MARKS.has(name) || PEOPLE.has(name)) && MARK.test(text)) ||
  (ABOUT.has(path[0] ?? '') && UUID.test(text)) ||
  isNeeded(name, text, path);

/** Stays as it is, whatever stands in it. */
export const isKept = (name: string, text: string, path: readonly string[]): boolean =>
  isTie(name) || isMark(name, text, path);

export const mayBeBytes = (name: string, text: string): boolean =>
  isDataUrl(text) || (BYTES.has(name) && BASE64.test(text));

/** What is too short for a picture may be a word as well. */
export const mayBeWord = (text: string): boolean => text.length < SHORTEST_BYTES;

export const isDataUrl = (text: string): boolean => DATA_URL.test(text);
