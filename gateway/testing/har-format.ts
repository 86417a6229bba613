/**
 * What HAR 1.2 asks of a file: required members with their types, as the specification has them and as Chromium's
 * network panel reads them.
 */
import * as z from 'zod/mini';

const comment = z.optional(z.string());
const integer = z.int();
const instant = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/));
const phase = z.number().check(z.refine((value) => value === -1 || value >= 0));
const pairs = z.array(z.looseObject({ name: z.string(), value: z.string(), comment }));
const cookies = z.array(
  z.looseObject({ name: z.string(), value: z.string(), expires: z.optional(z.nullable(instant)) }),
);

const request = z.looseObject({
  method: z.string().check(z.minLength(1)),
  url: z.string().check(z.refine((url) => /^https?:\/\//.test(url) && URL.canParse(url))),
  httpVersion: z.string(),
  cookies,
  headers: pairs,
  queryString: pairs,
  postData: z.optional(z.looseObject({ mimeType: z.string(), text: z.string(), comment })),
  headersSize: integer,
  bodySize: integer,
});

const response = z.looseObject({
  status: integer,
  statusText: z.string(),
  httpVersion: z.string(),
  cookies,
  headers: pairs,
  content: z.looseObject({
    size: integer,
    mimeType: z.string(),
    text: z.optional(z.string()),
    encoding: z.optional(z.string()),
  }),
  redirectURL: z.string(),
  headersSize: integer,
  bodySize: integer,
});

const timings = z.looseObject({
  blocked: z.optional(phase),
  dns: z.optional(phase),
  connect: z.optional(phase),
  send: z.number().check(z.nonnegative()),
  wait: z.number().check(z.nonnegative()),
  receive: z.number().check(z.nonnegative()),
  ssl: z.optional(phase),
});

const entry = z
  .looseObject({
    startedDateTime: instant,
    time: z.number().check(z.nonnegative()),
    request,
    response,
    cache: z.looseObject({}),
    timings,
  })
  .check(
    z.refine(
      ({ time, timings: { blocked = -1, dns = -1, connect = -1, send, wait, receive } }) =>
        Math.abs(
          [blocked, dns, connect, send, wait, receive].reduce((sum, part) => sum + Math.max(0, part), 0) -
            time,
        ) < 0.001,
      { error: 'the phases do not add up to the time' },
    ),
    z.refine(
      ({ request: { url, queryString } }) => [...new URL(url).searchParams].length === queryString.length,
    ),
    // Members of one's own begin with an underscore.
    z.refine((value) => Object.keys(value).every((name) => name.startsWith('_') || STANDARD.has(name))),
  );

const STANDARD: ReadonlySet<string> = new Set([
  'pageref',
  'startedDateTime',
  'time',
  'request',
  'response',
  'cache',
  'timings',
  'serverIPAddress',
  'connection',
  'comment',
]);

/** Throws where a file is no HAR 1.2. */
export const harFormat = z.strictObject({
  log: z.strictObject({
    version: z.literal('1.2'),
    creator: z.strictObject({ name: z.string(), version: z.string(), comment }),
    browser: z.optional(z.strictObject({ name: z.string(), version: z.string(), comment })),
    pages: z.optional(z.array(z.unknown())),
    entries: z.array(entry),
    comment,
  }),
});
