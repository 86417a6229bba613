/**
 * Which conversation a request belongs to, and who served it last. Matters only while reasoning signatures are in
 * play: OpenAI and Gemini bind them to the account behind a key, Anthropic to the model.
 */
import type { Origin } from '../core/canonical/signature.ts';
import type { Exchange } from '../core/exchange.ts';
import type { ScannedBody } from '../core/scan-body.ts';
import { beginningOf } from './conversation-name.ts';

/** Who served a conversation last. */
export interface Served {
  readonly origin: Origin;
  /** Signatures came with it that the client cannot bring back itself. */
  readonly signed: boolean;
}

/** Remembers, in memory and bounded, where conversations were served. */
export interface AffinityStore {
  /** How many conversations are known. */
  readonly size: number;
  get(conversation: string): Served | undefined;
  put(conversation: string, served: Served): void;
}

export interface Conversation {
  /** Where its signatures were made; null when it has none, or that is not known any more. */
  origin(): Origin | null;
  served(served: Served): void;
}

/** Members and fields in which clients bring signatures back, or refer to items that their origin's account keeps. */
const MARKS = [
  'item_reference',
  'encrypted_content',
  'thoughtSignature',
  'thought_signature',
  '"signature"',
  'reasoning_details',
];
/** Headers by which tools name their session. */
const SESSIONS = ['session_id', 'x-claude-code-session-id', 'x-session-id'];

export function conversationOf(exchange: Exchange, body: ScannedBody, store: AffinityStore): Conversation {
  let name: string | undefined;
  const named = (): string => (name ??= conversationName(exchange, body));
  return {
    origin() {
      const known = store.size === 0 ? undefined : store.get(named());
      if (known === undefined) return null;
      if (known.signed) return known.origin;
      const bytes = Buffer.from(body.bytes.buffer, body.bytes.byteOffset, body.bytes.length);
      return MARKS.some((mark) => bytes.includes(mark)) ? known.origin : null;
    },
    served: (served) => store.put(named(), served),
  };
}

/** Conversations of different clients never have one name. */
export function conversationName({ request, client }: Exchange, body: ScannedBody): string {
  const session = SESSIONS.map((header) => request.headers[header]).find(
    (value) => typeof value === 'string',
  );
  const owner = client?.id ?? '';
  return `${owner} ${typeof session === 'string' ? session.slice(0, 200) : beginningOf(body)}`;
}
