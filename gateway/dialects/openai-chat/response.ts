/** Complete, non-streamed answers. */
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { AnswerVerdict } from '../../core/dialect.ts';
import { extraFacts, readChunk } from './chunk.ts';
import { describeNoJson } from '../../core/no-json.ts';
import { readErrorValue } from '../../core/read-error.ts';
import { decodeText, isArray, isObject, parseJson } from '../../core/json.ts';

/** Judges an answer with a 2xx status before the client gets a byte of it. */
export function judgeAnswer(body: Uint8Array, contentType: string): AnswerVerdict {
  const text = decodeText(body).trim();
  if (text === '') return invalid(remark('answer-empty'));
  const value = parseJson(text);
  if (value === undefined) return invalid(describeNoJson(text, contentType));
  if (!isObject(value)) return invalid(remark('answer-no-object'));
  const chunk = readChunk(value);
  const { usage, finishReason, model } = chunk;
  const facts = { usage, finishReason, model, ...extraFacts(chunk) };
  if (chunk.error !== undefined) return { kind: 'error', error: readErrorValue(200, chunk.error), facts };
  const { choices } = value;
  if (isArray(choices) && choices.length > 0) return { kind: 'answer', facts };
  const error = readErrorValue(200, value);
  return error.message === ''
    ? { ...invalid(remark('answer-without', { member: 'choices' })), facts }
    : { kind: 'error', error, facts };
}

function invalid(why: Told): AnswerVerdict {
  return { kind: 'invalid', why };
}
