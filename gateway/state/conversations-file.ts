/**
 * One conversation as a file: JSON whose head says what a list shows and which kept files it has, so that a list of
 * thousands reads a few kilobytes of each. Pure.
 */
import * as z from 'zod/mini';
import { fileHash } from '../../contract/rpc/procedures/chat-content.ts';
import {
  type Conversation,
  conversationSchema,
  type ConversationSummary,
} from '../../contract/rpc/procedures/conversations.ts';
import { firstConversation, firstSummary, fromFirstForm } from './conversations-first-form.ts';

/** Rises when an older gateway could not read what this one writes. */
const VERSION = 4;
/** The same, but for why answers failed: their sentence alone; and what they were told of in 2 is sentences, too. */
const EARLIER = [2, 3] as const;
/** Parts the head from the rest. Inside JSON strings quotes are escaped, so no title contains it. */
const MARKER = ',"conversation":';

/** Kept files one conversation may have. */
export const MOST_FILES = 100;
/** Bytes that hold the head, whatever title and model are and however many files there are. */
export const HEAD_BYTES = 16_384;

/** What is known of a conversation without reading it. */
export interface Head {
  readonly summary: ConversationSummary;
  /** Hashes of the kept files its turns have. */
  readonly files: readonly string[];
}

const headSchema = z.strictObject({
  version: z.literal([...EARLIER, VERSION]),
  summary: z.strictObject({ ...firstSummary.shape, models: z.int() }),
  files: z.array(fileHash),
});
const firstHead = z.strictObject({ version: z.literal(1), summary: firstSummary });
const fileSchema = z.strictObject({ ...headSchema.shape, conversation: conversationSchema });
const firstFile = z.strictObject({ ...firstHead.shape, conversation: firstConversation });
const anyVersion = z.object({ version: z.int() });

/** `newer`: written by a later Switchyard, which may have been tried and left again. */
export type Read<T> = { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'damaged' | 'newer' };

export function headOf(conversation: Conversation): Head {
  const { id, title, columns, turns, updatedAt } = conversation;
  const files = new Set(turns.flatMap((turn) => turn.files.map(({ hash }) => hash)));
  const model = columns[0]?.model ?? '';
  return {
    summary: { id, title, model, models: columns.length, turns: turns.length, updatedAt },
    files: [...files],
  };
}

export function writeConversation(conversation: Conversation): string {
  const head = JSON.stringify({ version: VERSION, ...headOf(conversation) });
  return `${head.slice(0, -1)}${MARKER}${JSON.stringify(conversation)}}`;
}

/** @param head the first HEAD_BYTES of a file, or all of it */
export function readHead(head: string): Read<Head> {
  const end = head.indexOf(MARKER);
  const value = end < 0 ? undefined : parsed(`${head.slice(0, end)}}`);
  const known = headSchema.safeParse(value);
  if (known.success) return ok({ summary: known.data.summary, files: known.data.files });
  const first = firstHead.safeParse(value);
  if (first.success) return ok({ summary: { ...first.data.summary, models: 1 }, files: [] });
  return unknown(value);
}

export function readConversation(text: string): Read<Conversation> {
  const value = parsed(text);
  const known = fileSchema.safeParse(value);
  if (known.success) return ok(known.data.conversation);
  const first = firstFile.safeParse(value);
  return first.success ? ok(fromFirstForm(first.data.conversation)) : unknown(value);
}

const ok = <T>(value: T): Read<T> => ({ kind: 'ok', value });

function unknown(value: unknown): { readonly kind: 'damaged' | 'newer' } {
  const other = anyVersion.safeParse(value);
  return { kind: other.success && other.data.version > VERSION ? 'newer' : 'damaged' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
