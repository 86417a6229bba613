/** A row and its bodies as a file tells them. What is not known here is left out, what is wrong is refused. */
import * as z from 'zod/mini';
import type { RequestRow, RequestSummary } from '../../../contract/log/row.ts';
import { attemptSchema, detailSchema, withErrorTold } from '../../storage/detail.ts';
import { fileRemark, fileRemarks } from './file-row.ts';

const text = z.nullable(z.string().check(z.maxLength(2_000)));
/** ms; no stream goes on for so many days. */
const LONGEST_STREAM = 1_000_000_000;

const count = z.int().check(z.nonnegative());
const moment = z.nullable(z.number().check(z.nonnegative()));

const summarySchema = z.object({
  // No `*`, which stands for any characters where rows are looked for.
  id: z.string().check(z.regex(/^[\w-]{1,100}$/, 'an id has 1 to 100 of A-Z, a-z, 0-9, _ and -')),
  sequence: count,
  startedAt: z.number().check(z.nonnegative()),
  outcome: z.enum(['live', 'ok', 'error', 'cut', 'client-left', 'interrupted']),
  status: z.nullable(z.int().check(z.minimum(0), z.maximum(999))),
  errorCode: text,
  client: text,
  app: text,
  dialect: z.string().check(z.maxLength(100)),
  modelAsked: text,
  modelServed: text,
  provider: text,
  streamed: z.boolean(),
  attemptCount: count,
  firstContentAt: moment,
  doneAt: moment,
  tokens: z.nullable(
    z.object({ input: count, cacheRead: count, cacheWrite: count, output: count, reasoning: count }),
  ),
  tokensEstimated: z.boolean(),
  finishReason: text,
  keyId: text,
  tools: z.boolean(),
  conversation: text,
  cost: z.nullable(count),
  demo: z.boolean(),
}) satisfies z.ZodMiniType<RequestSummary>;

const toldSchema = z.extend(summarySchema, {
  ...detailSchema.shape,
  // As long as the gateway keeps them.
  method: z.string().check(z.maxLength(50)),
  path: z.string().check(z.maxLength(2_000)),
  attempts: z._default(z.array(z.extend(attemptSchema, { told: z.optional(fileRemark) })), []),
  errorTold: z._default(z.nullable(fileRemark), null),
  remarks: fileRemarks,
});

/** Remarks are warnings as data; without them, what older versions say in English is quoted. */
const rowSchema = z.pipe(
  toldSchema,
  z.transform(({ remarks, ...row }): RequestRow =>
    withErrorTold({ ...row, warnings: remarks ?? row.warnings }),
  ),
);

/** What a file says of a body besides its text. */
export const bodyFactsSchema = z.object({
  state: z.enum(['stored', 'truncated', 'not-kept', 'dropped']),
  bytes: count,
});

export const bodySchema = z.extend(bodyFactsSchema, { text: z.string() });

/** Of the events of a stream. */
const timesSchema = z._default(z.array(z.int().check(z.nonnegative(), z.maximum(LONGEST_STREAM))), []);

/** A line of a JSONL file. */
export const lineSchema = z.object({
  row: rowSchema,
  request: bodySchema,
  response: bodySchema,
  times: timesSchema,
});

const pairs = z._default(z.array(z.object({ name: z.string(), value: z.string() })), []);

/** An entry of a HAR, ours or that of another program: what is read of it. */
export const harEntrySchema = z.object({
  startedDateTime: z.string().check(z.maxLength(100)),
  time: z._default(z.number(), 0),
  request: z.object({
    method: z.string().check(z.maxLength(20)),
    url: z.string().check(z.maxLength(10_000)),
    headers: pairs,
    bodySize: z._default(z.number(), -1),
    postData: z.optional(z.object({ mimeType: z._default(z.string(), ''), text: z.optional(z.string()) })),
  }),
  response: z.object({
    status: z.int().check(z.minimum(0), z.maximum(999)),
    statusText: z._default(z.string(), ''),
    headers: pairs,
    bodySize: z._default(z.number(), -1),
    content: z.object({
      size: z._default(z.number(), 0),
      mimeType: z._default(z.string(), ''),
      text: z.optional(z.string()),
      encoding: z.optional(z.string()),
    }),
  }),
  timings: z.optional(
    z.object({
      blocked: z.optional(z.number()),
      dns: z.optional(z.number()),
      connect: z.optional(z.number()),
      send: z._default(z.number(), 0),
      wait: z._default(z.number(), 0),
    }),
  ),
  _switchyard: z.optional(
    z.object({
      row: rowSchema,
      request: bodyFactsSchema,
      response: bodyFactsSchema,
      times: timesSchema,
    }),
  ),
});
export type HarEntry = z.output<typeof harEntrySchema>;
