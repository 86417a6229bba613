/**
 * The request log in the shapes of the source documents (REQUIREMENTS 2.7, docs/admin-api.md): read
 * through the control plane, so there is one way to the log. Keys appear as fingerprints only.
 */
import type { Context } from 'koa';
import type { Route, Visit } from '../../gateway/index.ts';
import { requestFilterSchema, type RequestFilter } from '../../contract/log/filter.ts';
import type { RequestPage, RequestRow, RequestSummary, StoredBody } from '../../contract/log/row.ts';
import { RpcError } from '../../contract/rpc/errors.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import { answer, answerJson, failure } from './answer.ts';

/** Characters of a body in a list; the detail has it whole. */
const LISTED_BODY = 2_000;

/** Rows of one question to the log, and how many questions one search may take. */
const MOST_ROWS = 500;
const MOST_STEPS = 50;

/** One request with the twelve columns of the document. */
export interface DocumentedRequest {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Fingerprint of the key that served it. */
  readonly authorization_bearer: string | null;
  readonly response_status: number | null;
  readonly response_headers: Readonly<Record<string, string>>;
  readonly response_body: string | null;
  readonly duration_ms: number | null;
  readonly error: string | null;
}

/** `GET /api/requests`, `GET /api/request/{id}` and `GET /api/stats`. */
export function documentedApi(handlers: Handlers, pageSize: () => number): readonly Route[] {
  const route = (path: string, read: (ctx: Context, params: Visit['params']) => Promise<unknown>): Route => ({
    method: 'GET',
    path,
    access: 'session',
    body: 'none',
    errors: 'control',
    async handle(ctx, { params }) {
      try {
        answerJson(ctx, 200, await read(ctx, params));
      } catch (error) {
        if (!(error instanceof RpcError)) throw error;
        answer(ctx, failure(error.code, error.message, error.field));
      }
    },
  });
  return [
    route('/api/requests', (ctx) => listRequests(handlers, new URLSearchParams(ctx.querystring), pageSize())),
    route('/api/request/:id', (_ctx, { id = '' }) => oneRequest(handlers, id)),
    route('/api/stats', () => statistics(handlers)),
  ];
}

async function listRequests(
  handlers: Handlers,
  query: URLSearchParams,
  defaultSize: number,
): Promise<{ requests: DocumentedRequest[]; total_count: number; page: number; page_size: number }> {
  const page = wholeNumber(query, 'page', 1, 1_000_000);
  const size = wholeNumber(query, 'page_size', defaultSize, 200);
  const filter = filterFor(shortText(query, 'search', 500), shortText(query, 'key', 200));
  const { rows, total } = await wholePage(handlers, { limit: size, skip: (page - 1) * size, filter });
  const requests: DocumentedRequest[] = [];
  for (const { id } of rows) {
    const request = await describe(handlers, id, LISTED_BODY).catch(nullWhereGone);
    if (request !== null) requests.push(request);
  }
  return { requests, total_count: total, page, page_size: size };
}

/** What is deleted between the list and the look at it is no longer listed. */
function nullWhereGone(error: unknown): null {
  if (error instanceof RpcError && error.code === 'not_found') return null;
  throw error;
}

interface Wanted {
  readonly limit: number;
  readonly skip: number;
  readonly filter: RequestFilter;
}

/** A search for common words may stop short of a page: it is read on, some times. */
async function wholePage(
  handlers: Handlers,
  { limit, skip, filter }: Wanted,
): Promise<Pick<RequestPage, 'rows' | 'total'>> {
  if (filter.words === undefined) return handlers['requests.list']({ limit, skip, filter });
  const found: RequestSummary[] = [];
  let total = 0;
  let before: number | null | undefined;
  for (let step = 0; step < MOST_STEPS && before !== null && found.length < skip + limit; step += 1) {
    const most = Math.min(MOST_ROWS, skip + limit - found.length);
    const page = await handlers['requests.list']({ limit: most, before, filter });
    found.push(...page.rows);
    total = Math.max(total, page.total, found.length);
    before = page.next;
  }
  return { rows: found.slice(skip, skip + limit), total };
}

/** Words stand in messages and answers, or the whole text in method and address. */
function filterFor(search: string, key: string): RequestFilter {
  const filter = requestFilterSchema.safeParse({
    ...(search === '' ? {} : { words: search, address: true }),
    ...(key === '' ? {} : { where: [{ kind: 'text', field: 'key', values: [key] }] }),
  });
  if (filter.success) return filter.data;
  const [issue] = filter.error.issues;
  throw new RpcError('invalid_input', `search: ${issue?.message ?? 'not understood'}`, 'search');
}

const oneRequest = (handlers: Handlers, id: string): Promise<DocumentedRequest> =>
  describe(handlers, id, Number.POSITIVE_INFINITY);

async function describe(handlers: Handlers, id: string, bodyLimit: number): Promise<DocumentedRequest> {
  const row = await handlers['requests.get']({ id });
  const [request, response] = await Promise.all([
    handlers['requests.body']({ id, part: 'request' }),
    handlers['requests.body']({ id, part: 'response' }),
  ]);
  return documented(row, textOf(request, bodyLimit), textOf(response, bodyLimit));
}

const textOf = (body: StoredBody, limit: number): string | null =>
  body.state === 'stored' || body.state === 'truncated' ? body.text.slice(0, limit) : null;

/** A row of the log in the document's columns. */
export function documented(
  row: RequestRow,
  requestBody: string | null,
  responseBody: string | null,
): DocumentedRequest {
  return {
    id: row.id,
    timestamp: new Date(row.startedAt).toISOString(),
    method: row.method,
    url: row.path,
    headers: row.requestHeaders,
    body: requestBody,
    authorization_bearer: row.keyFingerprint,
    response_status: row.status,
    response_headers: row.responseHeaders,
    response_body: responseBody,
    duration_ms: row.doneAt,
    error: row.errorMessage ?? row.errorCode,
  };
}

async function statistics(handlers: Handlers): Promise<{
  total_requests: number;
  success_rate: number;
  avg_response_time: number;
  recent_requests_count: number;
}> {
  const { total, finished, succeeded, averageMilliseconds, lastHour } = await handlers['requests.statistics'](
    {},
  );
  return {
    total_requests: total,
    success_rate: finished === 0 ? 0 : oneDecimal((succeeded / finished) * 100),
    avg_response_time: oneDecimal(averageMilliseconds),
    recent_requests_count: lastHour,
  };
}

function shortText(query: URLSearchParams, name: string, most: number): string {
  const text = query.get(name)?.trim() ?? '';
  if (text.length <= most) return text;
  throw new RpcError('invalid_input', `${name} has at most ${most} characters.`, name);
}

const oneDecimal = (value: number): number => Math.round(value * 10) / 10;

function wholeNumber(query: URLSearchParams, name: string, otherwise: number, most: number): number {
  const text = query.get(name) ?? String(otherwise);
  const value = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= most) return value;
  throw new RpcError('invalid_input', `${name} is a whole number from 1 to ${most}.`, name);
}
