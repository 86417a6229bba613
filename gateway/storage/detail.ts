/** The part of a row that only its own page shows, kept as one JSON text. */
import * as z from 'zod/mini';
import { COST_PARTS } from '../../contract/log/cost.ts';
import { readKeyText } from '../../contract/log/key-name.ts';
import type { RequestRow, RequestSummary } from '../../contract/log/row.ts';
import { quoted } from '../../contract/rpc/remarks/remark.ts';
import { remarkSchema } from '../../contract/rpc/remarks/remark-schema.ts';

const moment = z.nullable(z.number());
const text = z.nullable(z.string());
const headers = z.record(z.string(), z.string());

const passedOverSchema = z.union([
  z.object({ provider: z.string(), keyFingerprint: text, reason: z.string() }),
  // Older rows have both in one English text.
  z.pipe(
    z.object({ name: z.string(), reason: z.string() }),
    z.transform(({ name, reason }) => ({ ...readKeyText(name), reason })),
  ),
]);

export const attemptSchema = z.object({
  provider: z.string(),
  model: z.string(),
  keyId: text,
  keyFingerprint: text,
  startedAt: z.number(),
  connectedAt: moment,
  sentAt: moment,
  firstByteAt: moment,
  firstContentAt: moment,
  doneAt: moment,
  status: z.nullable(z.number()),
  reusedSocket: z.boolean(),
  result: z.string(),
  scope: z.nullable(
    z.enum(['request', 'key', 'account', 'model', 'provider', 'network', 'client', 'gateway']),
  ),
  action: z.enum(['done', 'return', 'next-key', 'next-target', 'replay', 'repair', 'stop']),
  message: text,
  told: z.optional(remarkSchema),
  cooldown: moment,
  waited: z._default(z.number(), 0),
  why: z._default(
    z.enum(['first', 'next-key', 'next-target', 'replay', 'repair', 'after-wait', 'probe']),
    'first',
  ),
  passedOver: z._default(z.array(passedOverSchema), []),
});

const routingSchema = z.object({
  rule: z.nullable(z.object({ number: z.number(), model: z.string() })),
  aliases: z.array(
    z.object({
      alias: z.string(),
      strategy: z.string(),
      first: z.string(),
      because: z.string(),
      figure: z.nullable(z.number()),
    }),
  ),
  complexity: z.nullable(z.object({ score: z.number(), parts: z.record(z.string(), z.number()) })),
});

const rate = z.nullable(z.number());

const attemptCostSchema = z.object({
  pico: rate,
  price: z.nullable(
    z.object({
      input: rate,
      output: rate,
      cacheRead: rate,
      cacheWrite: rate,
      reasoning: z.optional(rate),
      cacheWriteHour: z.optional(rate),
      audioInput: z.optional(rate),
      audioCacheRead: z.optional(rate),
      audioOutput: z.optional(rate),
      imageInput: z.optional(rate),
      imageOutput: z.optional(rate),
      webSearch: z.optional(rate),
      request: z.optional(rate),
      source: z.enum(['catalogue', 'provider', 'override', 'free']),
      asOf: text,
      name: z.string(),
      fromTokens: rate,
      factor: z.number(),
    }),
  ),
  lines: z.array(
    z.object({ what: z.enum(COST_PARTS), tokens: z.number(), rate: z.number(), pico: z.number() }),
  ),
  reported: rate,
  notes: z.optional(
    z.array(
      z.object({
        code: z.enum(['cached', 'no-counts', 'service-tier']),
        detail: z.optional(z.string()),
      }),
    ),
  ),
});

const costSchema = z.extend(attemptCostSchema, {
  earlier: z.optional(z.array(z.extend(attemptCostSchema, { provider: z.string(), model: z.string() }))),
});

/** Defaults stand in for what an older version did not write. */
export const detailSchema = z.object({
  method: z._default(z.string(), ''),
  path: z._default(z.string(), ''),
  keyFingerprint: z._default(text, null),
  userAgent: z._default(text, null),
  queuedFor: z._default(z.number(), 0),
  connectedAt: z._default(moment, null),
  sentAt: z._default(moment, null),
  firstByteAt: z._default(moment, null),
  routing: z._default(z.nullable(routingSchema), null),
  attempts: z._default(z.array(attemptSchema), []),
  warnings: z._default(z.array(remarkSchema), []),
  errorMessage: z._default(text, null),
  errorTold: z._default(z.nullable(remarkSchema), null),
  costDetail: z._default(z.nullable(costSchema), null),
  cache: z.optional(z.enum(['hit', 'miss'])),
  requestHeaders: z._default(headers, {}),
  responseHeaders: z._default(headers, {}),
  requestBytes: z._default(z.number(), 0),
  responseBytes: z._default(z.number(), 0),
});

/** What a row has beyond its summary. */
export type RequestDetail = Omit<RequestRow, keyof RequestSummary>;

export function encodeDetail(row: RequestRow): string {
  const detail: RequestDetail = {
    method: row.method,
    path: row.path,
    keyFingerprint: row.keyFingerprint,
    userAgent: row.userAgent,
    queuedFor: row.queuedFor,
    connectedAt: row.connectedAt,
    sentAt: row.sentAt,
    firstByteAt: row.firstByteAt,
    routing: row.routing,
    attempts: row.attempts,
    warnings: row.warnings,
    errorMessage: row.errorMessage,
    errorTold: row.errorTold,
    costDetail: row.costDetail,
    cache: row.cache,
    requestHeaders: row.requestHeaders,
    responseHeaders: row.responseHeaders,
    requestBytes: row.requestBytes,
    responseBytes: row.responseBytes,
  };
  return JSON.stringify(detail);
}

/** @throws ZodError when the text was not written by `encodeDetail` */
export function decodeDetail(json: string): RequestDetail {
  return withErrorTold(detailSchema.parse(JSON.parse(json)));
}

/** What an older version said in English alone is a quotation. */
export const withErrorTold = <Row extends Pick<RequestRow, 'errorMessage' | 'errorTold'>>(row: Row): Row =>
  row.errorMessage === null || row.errorTold !== null ? row : { ...row, errorTold: quoted(row.errorMessage) };
