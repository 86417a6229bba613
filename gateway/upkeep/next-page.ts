/** Lists that come in pages: where the next one is. Pure. */
import { decodeText, isObject, parseJson } from '../core/json.ts';

/**
 * Anthropic says `has_more` and goes on behind `last_id`; Gemini gives a `nextPageToken`. The answer names no address
 * of its own choice, so that no key goes anywhere but to the list it was asked for.
 * @param first address of the first page
 * @returns null when there are no more
 */
export function nextPage(first: string, body: Uint8Array): string | null {
  const answer = parseJson(decodeText(body));
  if (!isObject(answer)) return null;
  const { has_more: more, last_id: last, nextPageToken: token } = answer;
  if (more === true && isToken(last)) return withQuery(first, 'after_id', last);
  return isToken(token) ? withQuery(first, 'pageToken', token) : null;
}

const isToken = (value: unknown): value is string => typeof value === 'string' && value !== '';

function withQuery(address: string, name: string, value: string): string {
  const url = new URL(address);
  url.searchParams.set(name, value);
  return url.href;
}
