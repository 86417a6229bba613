/** Errors of upstreams, whatever their shape, read into one. */
import { inspect } from 'node:util';
import { saidOfPage, type UpstreamError } from './upstream-error.ts';
import { readDetails } from './error-details.ts';
import { decodeText, isArray, isObject, parseJson, type JsonObject } from './json.ts';

/** Longest text kept of an error, characters. */
const LONGEST_MESSAGE = 2_048;
const LONGEST_NAME = 128;
/** A page's text without its title says little; so much of it is kept, characters. */
const LONGEST_PAGE_TEXT = 200;
/** A message may be a list or an object; deeper than this nobody looks for words. */
const DEEPEST = 3;
/** Characters of a page that are searched. */
const PAGE_HEAD = 4_096;

/** Reads an error body: JSON of any provider, an HTML page of a proxy in front of it, or plain text. */
export function readError(status: number, body: Uint8Array): UpstreamError {
  const text = decodeText(body).trim();
  return readErrorValue(status, parseJson(text) ?? text);
}

/** The same for a value that was parsed already. A string that is not JSON is taken as the message. */
export function readErrorValue(status: number, value: unknown): UpstreamError {
  // Gemini wraps its error in an array.
  const outer = isArray(value) ? value[0] : value;
  if (!isObject(outer)) {
    const text = typeof outer === 'string' ? outer : '';
    const nameless = { status, code: '', type: '', details: {} };
    if (!text.startsWith('<')) return { ...nameless, message: bounded(text, LONGEST_MESSAGE) };
    const page = bounded(pageText(text), LONGEST_MESSAGE);
    return { ...nameless, message: saidOfPage(page).text, page };
  }
  const inner = innerError(outer);
  const message = messageOf(inner) || messageOf(outer);
  return {
    status,
    code: name(inner['code']) || name(outer['code']) || bareCode(outer, message),
    type: name(inner['type']) || name(inner['status']) || name(outer['type']),
    message: bounded(withCause(message, inner), LONGEST_MESSAGE),
    details: readDetails(outer, inner),
  };
}

/** `{error: {...}}`, `{errors: [{...}]}`, `{error: "text"}` or the object itself. */
function innerError(outer: JsonObject): JsonObject {
  const listed = outer['errors'];
  const first = isArray(listed) ? listed[0] : undefined;
  for (const candidate of [outer['error'], first]) {
    if (isObject(candidate)) return candidate;
    if (typeof candidate === 'string') return { message: messageOf(outer) || candidate };
  }
  return outer;
}

/** `{"error": "invalid_grant", "message": "..."}`: the bare string is a code when there are words beside it. */
function bareCode(outer: JsonObject, message: string): string {
  const { error } = outer;
  return typeof error === 'string' && error !== message ? name(error) : '';
}

/** OpenAI and most: message; FastAPI: detail (text or list of {msg}); RFC 9457: detail, title. */
function messageOf(value: JsonObject): string {
  for (const member of ['message', 'detail', 'error_description', 'msg', 'title']) {
    const text = wordsOf(value[member]);
    if (text !== '') return text;
  }
  return '';
}

function wordsOf(value: unknown, depth = 0): string {
  if (typeof value === 'string') return value.trim();
  if (depth > DEEPEST) return '';
  if (isArray(value)) {
    return value
      .map((item) => wordsOf(item, depth + 1))
      .filter(Boolean)
      .join('; ');
  }
  if (!isObject(value)) return '';
  return wordsOf(value['msg'] ?? value['message'], depth + 1) || inspect(value, { depth: DEEPEST });
}

/** OpenRouter's "Provider returned error" says nothing; the provider's own words stand in metadata.raw. */
function withCause(message: string, inner: JsonObject): string {
  const { metadata } = inner;
  const raw = isObject(metadata) ? metadata['raw'] : undefined;
  return typeof raw === 'string' && raw !== '' ? `${message}: ${raw.trim()}` : message;
}

function pageText(html: string): string {
  const head = html.slice(0, PAGE_HEAD);
  const title = /<title[^<>]*>([^<]*)/i.exec(head)?.[1]?.trim() ?? '';
  const text = head
    .replaceAll(/<(script|style)\b.*?(?:<\/\1>|$)/gis, ' ')
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return title === '' ? text.slice(0, LONGEST_PAGE_TEXT) : title;
}

function name(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? bounded(String(value), LONGEST_NAME) : '';
}

/** Cuts a text without leaving half a character. */
function bounded(text: string, most: number): string {
  return text.length <= most
    ? text
    : `${text
        .slice(0, most - 1)
        .toWellFormed()
        .replace(/\uFFFD$/, '')}…`;
}
