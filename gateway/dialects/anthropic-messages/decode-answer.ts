/** Reads a complete answer of an upstream as the stream it would have been. */
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import { createEventDecoder } from './decode-stream.ts';

export function decodeAnswer(body: JsonObject): readonly StreamPart[] {
  const { content, usage, stop_reason, stop_sequence, stop_details, ...message } = body;
  const events = createEventDecoder();
  const blocks = isArray(content) ? content.filter(isObject) : [];
  return [
    { type: 'message_start', message },
    ...blocks.flatMap((block, index) => [
      { type: 'content_block_start', index, content_block: block },
      { type: 'content_block_stop', index },
    ]),
    { type: 'message_delta', delta: { stop_reason, stop_sequence, stop_details }, usage },
    { type: 'message_stop' },
  ].flatMap((event) => events.read(event));
}
