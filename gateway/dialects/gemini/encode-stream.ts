/** Streamed answers for Gemini's clients: events, or pieces of one array. */
import type { AnswerContext, StreamEncoder } from '../../core/client-shape.ts';
import type { JsonObject } from '../../core/json.ts';
import { createAnswerWriter, type WrittenParts } from './answer-writer.ts';
import { openArray } from './json-array.ts';
import { describeUpstreamError } from './render.ts';

/** Every response is a whole one with the new parts only; the end of the body is the only terminator. */
export function encodeStream({ newId, request, framing }: AnswerContext): StreamEncoder {
  const writer = createAnswerWriter({ id: newId(''), model: request.model });
  const array = openArray();
  const inArray = framing === 'json-array';
  const close = (): string => (inArray ? array.close() : '');

  function frame(response: JsonObject): string {
    const json = JSON.stringify(response);
    return inArray ? array.element(json) : `data: ${json}\n\n`;
  }

  function send(written: readonly WrittenParts[]): string {
    const responses = written.map(({ candidate, parts }) => ({
      candidates: [{ content: { role: 'model', parts }, index: candidate }],
      ...writer.head(),
    }));
    return responses.map(frame).join('');
  }

  return {
    encode: (part) => send(writer.write(part)),
    end() {
      const { parts, candidates, members } = writer.end();
      // Clients that keep a history take a response without parts for an invalid one.
      const ended = candidates.map((ending) => ({
        content: { role: 'model', parts: [{ text: '' }] },
        ...ending,
      }));
      const last = { ...(ended.length === 0 ? {} : { candidates: ended }), ...members, ...writer.head() };
      return send(parts) + frame(last) + close();
    },
    // The error is what tells the failure; the array is closed behind it so that readers of the whole see it.
    fail: (error) => frame(describeUpstreamError(error)) + close(),
  };
}
