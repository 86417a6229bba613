/** Why an answer of a chat did not come, or not whole: the gateway's own sentence as data, an upstream's as it came. */
import type { RequestRow } from '../../contract/log/row.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { ChatError } from '../../contract/rpc/procedures/playground.ts';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import { BODY_BYTES } from '../core/body-bytes.ts';
import { ERRORS } from '../core/errors.ts';
import { LONGEST_ANSWER, type AnswerReader } from './playground-reader.ts';

/** Of requests that were refused before they had a row. */
const WITHOUT_ROW: Readonly<Record<string, Told>> = {
  paused: remark('gateway-paused'),
  draining: remark('gateway-ends'),
  body_too_large: remark('body-large', {
    megabytes: Math.floor(BODY_BYTES / 1_048_576),
    bytes: BODY_BYTES,
  }),
};

/** @param row null where none came */
export function failureOf(
  reader: AnswerReader | null,
  row: RequestRow | null,
  redact: (text: string) => string,
): ChatError {
  if (reader?.tooLong === true) {
    return errorOf('answer_too_long', remark('answer-too-long', { mostCount: LONGEST_ANSWER }));
  }
  if (row !== null && row.errorTold !== null) return errorOf(row.errorCode ?? '', row.errorTold);
  const error = reader?.error ?? null;
  const code = row?.errorCode ?? (error === null ? '' : error.code || error.type);
  if (error === null || error.message === '') return errorOf(code, remark('answer-over'));
  const told = row === null ? refusalOf(code) : undefined;
  return { code: codeOr(code), message: redact(error.message), ...(told === undefined ? {} : { told }) };
}

function refusalOf(code: string): Told | undefined {
  if (Object.hasOwn(WITHOUT_ROW, code)) return WITHOUT_ROW[code];
  return Object.hasOwn(ERRORS, code) ? remark('gateway-refused', { why: code }) : undefined;
}

const errorOf = (code: string, told: Told): ChatError => ({ code: codeOr(code), message: told.text, told });
const codeOr = (code: string): string => (code === '' ? 'upstream_cut' : code);
