/** One page of a model list, as the two formats that know pages ask for it. Pure. */
import type { OfferedModel } from '../core/dialect.ts';
import { GatewayError } from '../core/errors.ts';

export interface ModelPage {
  readonly models: readonly OfferedModel[];
  /** There are more behind this page, or before it where the client walks backwards. */
  readonly more: boolean;
}

/** Rows on a page at most, in both formats. */
const MOST = 1_000;

/**
 * Anthropic: `limit`, `after_id`, `before_id`. Without a limit all there is: nobody asks a gateway for page two.
 * @throws GatewayError `invalid_request`
 */
export function anthropicPage(models: readonly OfferedModel[], query: URLSearchParams): ModelPage {
  const limit = countOf(query, 'limit') ?? models.length;
  const before = query.get('before_id');
  if (before !== null) {
    const end = placeOf(models, before, 'before_id');
    const start = Math.max(0, end - limit);
    return { models: models.slice(start, end), more: start > 0 };
  }
  const after = query.get('after_id');
  const start = after === null ? 0 : placeOf(models, after, 'after_id') + 1;
  return { models: models.slice(start, start + limit), more: start + limit < models.length };
}

/**
 * Gemini: `pageSize`, `pageToken`. A token is the name of the last model before the page, so it outlives changes of
 * the list.
 * @throws GatewayError `invalid_request`
 */
export function geminiPage(
  models: readonly OfferedModel[],
  query: URLSearchParams,
): ModelPage & { readonly nextToken: string | null } {
  const size = countOf(query, 'pageSize') ?? models.length;
  const token = query.get('pageToken') ?? '';
  const last = Buffer.from(token, 'base64url').toString('utf8');
  const start = token === '' ? 0 : placeOf(models, last, 'pageToken') + 1;
  const page = models.slice(start, start + size);
  const more = start + size < models.length;
  const end = page.at(-1);
  const nextToken = more && end !== undefined ? Buffer.from(end.id).toString('base64url') : null;
  return { models: page, more, nextToken };
}

function countOf(query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  if (text === null || text === '') return null;
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1) return Math.min(count, MOST);
  throw new GatewayError('invalid_request', `"${name}" must be a whole number from 1 to ${MOST}.`, {
    field: name,
  });
}

function placeOf(models: readonly OfferedModel[], id: string, field: string): number {
  const place = models.findIndex((model) => model.id === id);
  if (place !== -1) return place;
  throw new GatewayError('invalid_request', `"${field}" names no model of this list; begin without it.`, {
    field,
  });
}
