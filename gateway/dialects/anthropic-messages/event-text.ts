/** The text of one server-sent event. */
import type { JsonObject } from '../../core/json.ts';

/** SDKs of this dialect skip events that are not named by an `event:` line; the name is the value's type. */
export function writeEvent(value: JsonObject & { readonly type: string }): string {
  return `event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`;
}

/** The event that nearly all of a stream is, written out. */
export function writeDelta(index: number, delta: JsonObject): string {
  const { type, text } = delta;
  const value =
    type === 'text_delta' && typeof text === 'string'
      ? `{"type":"text_delta","text":${JSON.stringify(text)}}`
      : JSON.stringify(delta);
  return `event: content_block_delta\ndata: {"type":"content_block_delta","index":${index},"delta":${value}}\n\n`;
}
