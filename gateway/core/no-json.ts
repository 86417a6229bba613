/** What an upstream sent instead of a JSON answer, for the person who set its address. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import { readErrorValue } from './read-error.ts';
import { saidBy } from './upstream-error.ts';

/** @param text of the body, trimmed and not empty */
export function describeNoJson(text: string, contentType: string): Told {
  const type = contentType.slice(0, 80);
  if (text.startsWith('<') || contentType.includes('html')) return saidInstead(text);
  if (/^(?:data|event|:)/.test(text)) {
    return type === '' ? remark('answer-a-stream-untyped') : remark('answer-a-stream', { type });
  }
  if (/^[{[]/.test(text)) return remark('answer-cut-off', { bytes: Buffer.byteLength(text) });
  return type === '' ? remark('answer-no-json-untyped') : remark('answer-no-json', { type });
}

/** A page or a text, as a sentence. */
export const saidInstead = (text: string): Told =>
  remark('one-sentence', {}, saidBy(readErrorValue(200, text)));
