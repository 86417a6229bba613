/**
 * One conversation as a file: JSON whose head says what a list shows, so that a list of thousands reads a few
 * kilobytes of each. Pure.
 */
import * as z from 'zod/mini';
import { conversationSchema } from '../../contract/rpc/procedures/conversations.ts';
import type { Conversation, ConversationSummary } from '../../contract/rpc/procedures/conversations.ts';

/** Rises when an older gateway could not read what this one writes. */
const VERSION = 1;
/** Parts the head from the rest. Inside JSON strings quotes are escaped, so no title contains it. */
const MARKER = ',"conversation":';

/** Bytes that hold the head, whatever title and model are. */
export const HEAD_BYTES = 8_192;

const summarySchema = z.strictObject({
  id: conversationSchema.shape.id,
  title: z.string(),
  model: z.string(),
  turns: z.int(),
  updatedAt: z.number(),
});
const headSchema = z.strictObject({ version: z.literal(VERSION), summary: summarySchema });
const fileSchema = z.strictObject({ ...headSchema.shape, conversation: conversationSchema });
const anyVersion = z.object({ version: z.int() });

/** `newer`: written by a later Switchyard, which may have been tried and left again. */
export type Read<T> = { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'damaged' | 'newer' };

export function summaryOf({ id, title, model, turns, updatedAt }: Conversation): ConversationSummary {
  return { id, title, model, turns: turns.length, updatedAt };
}

export function writeConversation(conversation: Conversation): string {
  const head = JSON.stringify({ version: VERSION, summary: summaryOf(conversation) });
  return `${head.slice(0, -1)}${MARKER}${JSON.stringify(conversation)}}`;
}

/** @param head the first HEAD_BYTES of a file, or all of it */
export function readSummary(head: string): Read<ConversationSummary> {
  const end = head.indexOf(MARKER);
  return end < 0 ? { kind: 'damaged' } : read(`${head.slice(0, end)}}`, headSchema, ({ summary }) => summary);
}

export function readConversation(text: string): Read<Conversation> {
  return read(text, fileSchema, ({ conversation }) => conversation);
}

function read<Schema extends z.ZodMiniType, T>(
  text: string,
  schema: Schema,
  part: (value: z.output<Schema>) => T,
): Read<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'damaged' };
  }
  const known = schema.safeParse(value);
  if (known.success) return { kind: 'ok', value: part(known.data) };
  const other = anyVersion.safeParse(value);
  return { kind: other.success && other.data.version > VERSION ? 'newer' : 'damaged' };
}
