/** A request that another program wrote down, as a row: a browser's HAR of calls to a model, for instance. Pure. */
import { createHash } from 'node:crypto';
import type { RequestRow, StoredBody } from '../../../contract/log/row.ts';
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import { fault } from '../../../contract/rpc/fault-words.ts';
import { withoutAddressKeys } from '../../core/address-keys.ts';
import type { ClientShapeId } from '../../core/client-shape.ts';
import { isArray, isObject, parseJson } from '../../core/json.ts';
import { readForeignAnswer } from './foreign-answer.ts';
import type { ReadEntry } from './read-entry.ts';
import type { HarEntry } from './row-schema.ts';

/** Calls to models, by the end of their address. */
const CALLS: readonly (readonly [RegExp, ClientShapeId])[] = [
  [/\/messages$/, 'anthropic-messages'],
  [/:(?:stream)?generateContent$/i, 'gemini'],
  [/:(?:batchE|e)mbedContents?$/, 'gemini'],
  [/\/responses$/, 'openai-responses'],
  [/\/api\/chat$/, 'ollama-chat'],
  [/\/api\/generate$/, 'ollama-generate'],
  [/\/chat\/completions$/, 'openai-chat'],
  [/\/completions$/, 'openai-completions'],
  [/\/(?:embeddings|api\/embed|images\/\w+|audio\/\w+|moderations|rerank)$/, 'openai-chat'],
];

const LONGEST_HEADER = 1_000;
const MOST_HEADERS = 100;
/** Names that the gateway would not keep either. */
const CREDENTIALS = /^(?:proxy-)?authorization$|^(?:x-goog-)?(?:x-)?api-key$|^(?:set-)?cookie$/;

export function readForeign(entry: HarEntry): ReadEntry {
  const { request, response, timings } = entry;
  const url = URL.canParse(request.url) ? new URL(request.url) : null;
  const dialect = CALLS.find(([pattern]) => pattern.test(url?.pathname ?? ''))?.[1];
  if (url === null || dialect === undefined || request.method !== 'POST') {
    return { ok: false, why: fault('entry-foreign') };
  }
  const startedAt = Date.parse(entry.startedDateTime);
  if (!Number.isFinite(startedAt) || startedAt < 0) return { ok: false, why: fault('entry-no-time') };

  const asked = parseJson(request.postData?.text ?? '');
  const body = isObject(asked) ? asked : {};
  const requestBody = bodyOf(request.postData?.text, request.bodySize);
  const responseText = decoded(response.content.text, response.content.encoding, response.content.mimeType);
  const responseBody = bodyOf(responseText, response.content.size);
  const requestHeaders = headersOf(request.headers);
  const responseHeaders = headersOf(response.headers);
  const answer = readForeignAnswer(dialect, responseText ?? '', response.content.mimeType);
  const good = response.status >= 200 && response.status < 400;
  const sentAt = [timings?.blocked, timings?.dns, timings?.connect, timings?.send].reduce<number>(
    (sum, phase) => sum + Math.max(0, phase ?? 0),
    0,
  );
  const errorMessage = good ? null : response.statusText.slice(0, 500) || null;
  const row: RequestRow = {
    id: idOf(entry),
    sequence: Math.floor(startedAt * 1_000),
    startedAt,
    outcome: good ? 'ok' : 'error',
    status: response.status === 0 ? null : response.status,
    errorCode: good ? null : 'upstream_error',
    client: null,
    app: null,
    dialect,
    modelAsked: named(body['model']) ?? modelInPath(url.pathname),
    modelServed: named(answer.model),
    provider: url.hostname.slice(0, 100),
    streamed: body['stream'] === true || /event-stream|ndjson/.test(response.content.mimeType),
    attemptCount: 0,
    firstContentAt: null,
    doneAt: Math.max(0, entry.time),
    tokens: answer.usage,
    tokensEstimated: false,
    finishReason: named(answer.finishReason),
    keyId: null,
    tools: isArray(body['tools']) && body['tools'].length > 0,
    conversation: null,
    cost: null,
    demo: false,
    method: request.method,
    path: withoutAddressKeys(`${url.pathname}${url.search}`).slice(0, 2_000),
    keyFingerprint: null,
    userAgent: requestHeaders['user-agent']?.slice(0, 500) ?? null,
    queuedFor: 0,
    connectedAt: null,
    sentAt: timings === undefined ? null : sentAt,
    firstByteAt: timings === undefined ? null : sentAt + Math.max(0, timings.wait),
    routing: null,
    attempts: [],
    warnings: [],
    errorMessage,
    errorTold: errorMessage === null ? null : remark('upstream-words', { message: errorMessage }),
    costDetail: null,
    requestHeaders,
    responseHeaders,
    requestBytes: requestBody.bytes,
    responseBytes: responseBody.bytes,
  };
  return { ok: true, entry: { row, request: requestBody, response: responseBody, times: [] } };
}

/** The same entry has the same id, so that a file that is read twice adds nothing. */
function idOf({ startedDateTime, time, request, response }: HarEntry): string {
  const said = JSON.stringify([startedDateTime, time, request, response.status, response.content]);
  return `req_har_${createHash('sha256').update(said).digest('hex').slice(0, 24)}`;
}

function bodyOf(text: string | undefined, size: number): StoredBody {
  if (text === undefined) return { state: 'not-kept', text: '', bytes: Math.max(0, Math.floor(size)) };
  return { state: 'stored', text, bytes: Buffer.byteLength(text) };
}

/** Undefined for what is no text. */
function decoded(
  text: string | undefined,
  encoding: string | undefined,
  mimeType: string,
): string | undefined {
  if (encoding === undefined || encoding === '') return text;
  if (encoding !== 'base64' || !/^text\/|json/i.test(mimeType)) return undefined;
  return Buffer.from(text ?? '', 'base64').toString();
}

function headersOf(
  headers: readonly { readonly name: string; readonly value: string }[],
): Readonly<Record<string, string>> {
  const kept = headers
    .map(({ name, value }) => [name.toLowerCase(), value.slice(0, LONGEST_HEADER)] as const)
    .filter(([name]) => /^[a-z0-9][\w.-]{0,99}$/.test(name) && !CREDENTIALS.test(name));
  return Object.fromEntries(kept.slice(0, MOST_HEADERS));
}

const named = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value.slice(0, 200) : null;

const modelInPath = (path: string): string | null => named(/\/models\/([^/:]+):/.exec(path)?.[1]);
