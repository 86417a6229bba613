/** Complete, non-streamed answers. */
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { AnswerVerdict } from '../../core/dialect.ts';
import { decodeText, isArray, isObject, parseJson } from '../../core/json.ts';
import { describeNoJson } from '../../core/no-json.ts';
import { readErrorValue } from '../../core/read-error.ts';
import { countTokens, readDetails, readFigures, withDetails } from './usage.ts';

/** Judges an answer with a 2xx status before the client gets a byte of it. */
export function judgeAnswer(body: Uint8Array, contentType: string): AnswerVerdict {
  const text = decodeText(body).trim();
  if (text === '') return invalid(remark('answer-empty'));
  const value = parseJson(text);
  if (value === undefined) return invalid(describeNoJson(text, contentType));
  if (!isObject(value)) return invalid(remark('answer-no-object'));
  const { type, content, model, stop_reason: reason } = value;
  // A refusal may come without any content, so the list alone counts.
  if (type !== 'error' && isArray(content) && !isObject(value['error'])) {
    return {
      kind: 'answer',
      facts: {
        usage: countTokens(readFigures(value['usage'])),
        finishReason: typeof reason === 'string' ? reason : null,
        model: typeof model === 'string' && model !== '' ? model : null,
        ...withDetails(readDetails(value['usage'])),
      },
    };
  }
  const error = readErrorValue(200, value);
  return type !== 'error' && error.message === ''
    ? invalid(remark('answer-without', { member: 'content' }))
    : { kind: 'error', error };
}

function invalid(why: Told): AnswerVerdict {
  return { kind: 'invalid', why };
}
