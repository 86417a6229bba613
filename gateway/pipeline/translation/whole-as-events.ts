/** A whole answer as the stream the client was promised, for upstreams that do not stream although they were asked to. */
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { AnswerContext, ClientShape } from '../../core/client-shape.ts';
import type { Dialect } from '../../core/dialect.ts';
import { decodeText, isObject, parseArguments } from '../../core/json.ts';

/** @param parts of one answer; `error` is never among them */
export function partsAsEvents(
  parts: readonly StreamPart[],
  shape: ClientShape,
  context: AnswerContext,
): string {
  const encoder = shape.encodeStream(context);
  return parts.map((part) => encoder.encode(part)).join('') + encoder.end();
}

/**
 * @param body an answer in the client's own dialect that its `judgeAnswer` found good
 * @throws for what no stream can say
 */
export function wholeAsEvents(
  body: Uint8Array,
  dialect: Dialect,
  shape: ClientShape,
  context: AnswerContext,
): Uint8Array {
  // As it was judged: some servers put a byte order mark in front.
  const value = parseArguments(decodeText(body).trim());
  if (!isObject(value)) throw new Error('The answer is no JSON object.');
  const parts = dialect.decodeAnswer(value);
  const failed = parts.find((part) => part.kind === 'error');
  if (failed !== undefined) throw new Error(`The answer holds an error: ${failed.error.message}`);
  return Buffer.from(partsAsEvents(parts, shape, context));
}
