/**
 * Bodies at the address of chat that are not plain chat: Cursor sends `input` as Responses has it, or tools as
 * Responses and Anthropic have them. They are read and written anew even for a provider of chat. Pure.
 */
import type { ClientShape } from '../core/client-shape.ts';
import type { ScannedBody, TopLevelMember } from '../core/scan-body.ts';

const NESTED = /"function"\s*:/;
const FLAT = /"input_schema"\s*:|"type"\s*:\s*"function"/;

export function isMixedChat(shape: ClientShape, body: ScannedBody): boolean {
  if (shape.id !== 'openai-chat') return false;
  const { messages, input, tools } = body.members;
  if (messages === undefined && input !== undefined) return true;
  // The first tool tells in a few bytes; tools that only the provider itself knows are neither.
  if (tools === undefined || NESTED.test(textOf(body, 'tools', FIRST_TOOL))) return false;
  const text = textOf(body, 'tools');
  return !NESTED.test(text) && FLAT.test(text);
}

/** Bytes in which nearly every first tool has said what it is. */
const FIRST_TOOL = 128;

function textOf({ bytes, members }: ScannedBody, member: TopLevelMember, most = Infinity): string {
  const { start, end } = members[member] ?? { start: 0, end: 0 };
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.min(end - start, most)).toString('latin1');
}
