/** Complete, non-streamed answers. */
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { AnswerVerdict } from '../../core/dialect.ts';
import { decodeText, isArray, isObject, parseJson } from '../../core/json.ts';
import { describeNoJson } from '../../core/no-json.ts';
import { readErrorValue } from '../../core/read-error.ts';
import { candidatesOf, readChunk } from './chunk.ts';

/** Judges an answer with a 2xx status before the client gets a byte of it. */
export function judgeAnswer(body: Uint8Array, contentType: string): AnswerVerdict {
  const text = decodeText(body).trim();
  if (text === '') return invalid(remark('answer-empty'));
  const value = parseJson(text);
  if (value === undefined) return invalid(describeNoJson(text, contentType));
  // Gemini wraps some errors in an array; an answer in one belongs to a stream nobody asked for.
  if (isArray(value) && isObject(value[0]) && value[0]['error'] !== undefined) {
    return { kind: 'error', error: readErrorValue(200, value) };
  }
  if (!isObject(value)) return invalid(remark('answer-no-object'));
  const { error, usage, details, finishReason, model } = readChunk(value);
  if (error !== undefined) return { kind: 'error', error: readErrorValue(200, error) };
  // A prompt that was refused has no candidates; the reason of the block stands in their place.
  if (candidatesOf(value).length > 0 || finishReason !== null) {
    return {
      kind: 'answer',
      facts: { usage, finishReason, model, ...(details === undefined ? {} : { details }) },
    };
  }
  const unknown = readErrorValue(200, value);
  return unknown.message === ''
    ? invalid(remark('answer-without', { member: 'candidates' }))
    : { kind: 'error', error: unknown };
}

const invalid = (why: Told): AnswerVerdict => ({ kind: 'invalid', why });
