/** One entry of a file as a row of the log. Pure. */
import type * as z from 'zod/mini';
import type { StoredBody } from '../../../contract/log/row.ts';
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import { fault } from '../../../contract/rpc/fault-words.ts';
import { isObject, parseJson } from '../../core/json.ts';
import type { LogEntry } from './entry.ts';
import { readForeign } from './foreign.ts';
import { harEntrySchema, lineSchema } from './row-schema.ts';

/** The entry, or a clause that says what is wrong with it. */
export type ReadEntry =
  { readonly ok: true; readonly entry: LogEntry } | { readonly ok: false; readonly why: Told };

/** Characters of a row without its bodies. */
const LONGEST_ROW = 1_000_000;

/** @param limits `oldest` and `newest`: Unix ms of the arrival */
export function readFileEntry(
  text: string,
  limits: { readonly oldest: number; readonly newest: number },
): ReadEntry {
  const value = parseJson(text);
  if (!isObject(value)) return refused(fault('entry-no-json'));
  const read = 'row' in value ? readLine(value) : readHar(value);
  if (!read.ok) return read;
  const { row } = read.entry;
  if (row.startedAt > limits.newest) return refused(fault('entry-future'));
  if (row.startedAt < limits.oldest) return refused(fault('entry-old'));
  if (JSON.stringify(row).length > LONGEST_ROW) return refused(fault('entry-large'));
  // Nobody will ever end here what ran elsewhere.
  const outcome = row.outcome === 'live' ? 'interrupted' : row.outcome;
  return { ok: true, entry: { ...read.entry, row: { ...row, outcome, imported: true } } };
}

function readLine(value: object): ReadEntry {
  const read = lineSchema.safeParse(value);
  return read.success ? { ok: true, entry: read.data } : refused(firstIssue(read.error));
}

function readHar(value: object): ReadEntry {
  const read = harEntrySchema.safeParse(value);
  if (!read.success) return refused(firstIssue(read.error));
  const { _switchyard: own, request, response } = read.data;
  if (own === undefined) return readForeign(read.data);
  return {
    ok: true,
    entry: {
      row: own.row,
      request: withText(own.request, request.postData?.text),
      response: withText(own.response, response.content.text),
      times: own.times,
    },
  };
}

const withText = (facts: Omit<StoredBody, 'text'>, text = ''): StoredBody => ({ ...facts, text });

const refused = (why: Told): ReadEntry => ({ ok: false, why });

function firstIssue(error: z.core.$ZodError): Told {
  const [issue] = error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  return path === '' ? fault('entry-no-request') : fault('entry-not-as', { path: path.slice(0, 100) });
}
