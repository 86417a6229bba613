/** Complete, non-streamed answers. */
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { AnswerVerdict } from '../../core/dialect.ts';
import { decodeText, isArray, isObject, parseJson } from '../../core/json.ts';
import { describeNoJson } from '../../core/no-json.ts';
import { readErrorValue } from '../../core/read-error.ts';
import { failureOf, readFacts } from './event.ts';

/** Judges an answer with a 2xx status before the client gets a byte of it. An incomplete one is an answer. */
export function judgeAnswer(body: Uint8Array, contentType: string): AnswerVerdict {
  const text = decodeText(body).trim();
  if (text === '') return invalid(remark('answer-empty'));
  const value = parseJson(text);
  if (value === undefined) return invalid(describeNoJson(text, contentType));
  if (!isObject(value)) return invalid(remark('answer-no-object'));
  const { status, output, error } = value;
  if (status === 'failed' || status === 'cancelled') return { kind: 'error', error: failureOf(value) };
  if (isArray(output) && !isObject(error)) return { kind: 'answer', facts: readFacts(value) };
  const found = readErrorValue(200, value);
  return found.message === ''
    ? invalid(remark('answer-without', { member: 'output' }))
    : { kind: 'error', error: found };
}

function invalid(why: Told): AnswerVerdict {
  return { kind: 'invalid', why };
}
