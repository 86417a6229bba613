/** The text of one server-sent event. */
import type { JsonObject } from '../../core/json.ts';

/** SDKs of this dialect skip events that are not named by an `event:` line; the name is the value's type. */
export function writeEvent(value: JsonObject & { readonly type: string }): string {
  return `event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`;
}
