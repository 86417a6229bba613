/** Answers that go to the client as the upstream wrote them: JSON, sound, pictures, or a stream of events. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { ClientShape } from '../../core/client-shape.ts';
import type { AnswerVerdict, Dialect } from '../../core/dialect.ts';
import { decodeText, isArray, isObject, parseJson } from '../../core/json.ts';
import { readErrorValue } from '../../core/read-error.ts';
import type { UpstreamError } from '../../core/upstream-error.ts';
import { saidInstead } from '../../core/no-json.ts';
import { MISSING_CALL } from '../../routing/outcome-rules.ts';
import { NO_FACTS } from '../attempt-end.ts';
import { passOnJson, type AnswerReading } from '../reading.ts';
import { billingOf, usageOf } from './answer-usage.ts';
import { observeEvents } from './observe-events.ts';

/** Whoever listens or looks wants it as soon as it comes, and nobody can judge it anyway. */
const MEDIA = /^(?:audio|image|video)\/|^application\/octet-stream/i;

/** @param shape the format of the gateway's own errors */
export function passThrough(dialect: Dialect, shape: ClientShape, requestId: string): AnswerReading {
  return {
    judge,
    observe: observeEvents,
    readError: (status, body) => blameless(dialect.readError(status, body)),
    passOn: passOnJson(shape, requestId),
    renderError: (error) => shape.renderErrorEvent(error, requestId, 'sse'),
    streamType: null,
    needsWhole: false,
    asEvents: null,
    asItComes: (contentType) => MEDIA.test(contentType),
  };
}

/**
 * A provider that does not have the call at all says 404, as for a model it does not have. It says nothing of the
 * model then, which must not cool for it: chat may be using the same one. Another target may have it.
 */
export function blameless(error: UpstreamError): UpstreamError {
  const missing = error.status === 404 || error.status === 405 || error.status === 501;
  const ofModel = /model/i.test(`${error.code} ${error.message}`) && !/chat model/i.test(error.message);
  return missing && !ofModel ? { ...error, status: 404, code: MISSING_CALL } : error;
}

/** Judged by its form alone: every one of these calls answers with other members. */
export function judge(body: Uint8Array, contentType: string): AnswerVerdict {
  if (body.length === 0) return { kind: 'invalid', why: remark('answer-empty') };
  if (!/json/i.test(contentType)) {
    const page =
      /html/i.test(contentType) || /^\s*<(?:!doctype|html)/i.test(decodeText(body.subarray(0, 200)));
    if (!page) return { kind: 'answer', facts: NO_FACTS };
    return { kind: 'invalid', why: saidInstead(decodeText(body)) };
  }
  const value = parseJson(decodeText(body));
  if (value === undefined) return { kind: 'invalid', why: remark('answer-not-whole') };
  if (isArray(value)) return { kind: 'answer', facts: NO_FACTS };
  if (!isObject(value)) return { kind: 'invalid', why: remark('answer-no-object') };
  if (isObject(value['error']) || typeof value['error'] === 'string') {
    return { kind: 'error', error: readErrorValue(200, value) };
  }
  const model = value['model'];
  return {
    kind: 'answer',
    facts: {
      ...NO_FACTS,
      ...billingOf(value),
      usage: usageOf(value),
      model: typeof model === 'string' ? model : null,
    },
  };
}
