/** Answers of an upstream in no dialect's words: whole, and event by event. */
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { StreamDecoder } from '../../core/dialect.ts';
import { isArray, isObject, parseArguments, type JsonObject } from '../../core/json.ts';
import { readErrorValue } from '../../core/read-error.ts';
import { readChunk } from './chunk.ts';
import { createAnswerReader } from './decode-answer.ts';

/** An answer that does not say why it ended was at least whole. */
export function decodeAnswer(body: JsonObject): readonly StreamPart[] {
  const reader = createAnswerReader();
  const parts = [...reader.read(body), ...reader.end()];
  return reader.finished ? parts : [...parts, { kind: 'finish', reason: 'stop' }];
}

export function decodeStream(): StreamDecoder {
  const reader = createAnswerReader();
  let complete = false;
  return {
    decode({ data }) {
      if (data === null) return [];
      const parsed = parseArguments(data);
      // Gemini wraps some errors in an array.
      const value = isArray(parsed) ? parsed[0] : parsed;
      if (!isObject(value)) return [];
      const { error } = readChunk(value);
      return error === undefined
        ? reader.read(value)
        : [{ kind: 'error', error: readErrorValue(200, error) }];
    },
    end() {
      // Gemini has no terminator: a stream whose end was told is whole once the body has ended well.
      complete = reader.finished;
      return complete ? reader.end() : [];
    },
    get complete() {
      return complete;
    },
  };
}
