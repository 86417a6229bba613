/**
 * Bodies at the address of chat that are not plain chat: Cursor sends `input` as Responses has it, tools as
 * Responses and Anthropic have them, and for Claude's models calls and results as Anthropic has them. They are read
 * and written anew even for a provider of chat. Pure.
 */
import type { ClientShape } from '../core/client-shape.ts';
import { holdsAny } from '../core/holds-any.ts';
import type { ScannedBody, TopLevelMember } from '../core/scan-body.ts';

const NESTED = /"function"\s*:/;
const FLAT = /"input_schema"\s*:|"type"\s*:\s*"function"/;

export function isMixedChat(shape: ClientShape, body: ScannedBody): boolean {
  if (shape.id !== 'openai-chat') return false;
  const { messages, input } = body.members;
  if (messages === undefined && input !== undefined) return true;
  return hasFlatTools(body) || holdsAny(bytesOf(body, 'messages'), BLOCKS);
}

/** Of Anthropic's: a call, and its result. In a text both stand with escaped quotation marks. */
const BLOCKS: readonly string[] = ['"tool_use"', '"tool_result"'];

function hasFlatTools(body: ScannedBody): boolean {
  // The first tool tells in a few bytes; tools that only the provider itself knows are neither.
  if (body.members.tools === undefined || NESTED.test(textOf(body, 'tools', FIRST_TOOL))) return false;
  const text = textOf(body, 'tools');
  return !NESTED.test(text) && FLAT.test(text);
}

/** Bytes in which nearly every first tool has said what it is. */
const FIRST_TOOL = 128;

function textOf(body: ScannedBody, member: TopLevelMember, most = Infinity): string {
  const bytes = bytesOf(body, member);
  return bytes.toString('latin1', 0, Math.min(bytes.length, most));
}

function bytesOf({ bytes, members }: ScannedBody, member: TopLevelMember): Buffer {
  const { start, end } = members[member] ?? { start: 0, end: 0 };
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
}
