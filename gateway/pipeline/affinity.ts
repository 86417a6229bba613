/**
 * Which conversation a request belongs to, and who served it last. Signatures of reasoning bind it: OpenAI and
 * Gemini bind them to the account behind a key, Anthropic to the model; answers and conversations that an account keeps
 * bind it as well. Prompt caches only make it cheaper and quicker to stay, for as long as they live.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Origin } from '../core/canonical/signature.ts';
import { beginningOf, sessionOf } from '../core/conversation-name.ts';
import { holdsAny } from '../core/holds-any.ts';
import { holdsMember } from '../core/holds-member.ts';
import type { ScannedBody } from '../core/scan-body.ts';
import type { Preference } from '../routing/affinity.ts';
import { keptStateIn } from './kept-state.ts';

/** Who served a conversation last. */
export interface Served {
  readonly origin: Origin;
  /** Signatures came with it that the client cannot bring back itself. */
  readonly signed: boolean;
  /** Monotonic ms. */
  readonly at: number;
}

/** Remembers, in memory and bounded, where conversations were served. */
export interface AffinityStore {
  /** How many conversations are known. */
  readonly size: number;
  get(conversation: string): Served | undefined;
  put(conversation: string, served: Served): void;
}

/** Who sends a request. */
export interface ConversationFrom {
  readonly headers: IncomingHttpHeaders;
  /** Id of the configured client; null where no key is needed. */
  readonly client: string | null;
}

export interface Conversation {
  /** Where it is to stay; null where it may go anywhere. */
  preference(): Preference | null;
  /** @param keptAs id under which the provider keeps the answer */
  served(origin: Origin, signed: boolean, keptAs?: string): void;
}

/** Members in which clients bring signatures back. */
const SIGNED = ['encrypted_content', 'thoughtSignature', 'thought_signature', 'reasoning_details'];
/** Anthropic's; tools have arguments of that name, so there must be thoughts too. */
const SIGNATURE = 'signature';
const THOUGHTS = ['"thinking"'];
/** Items that their origin's account keeps, as both common ways of writing JSON have them. */
const REFERENCES = ['"type":"item_reference"', '"type": "item_reference"'];
/** What any of them takes: hardly a request holds one, and that is found out quickest. */
const MARKS = [...[...SIGNED, SIGNATURE].map((name) => JSON.stringify(name)), '"item_reference"'];
/** How a turn of the model is marked. */
const ANSWERS = ['"assistant"', '"model"'];
/** Bytes in which the first turn of the model is looked for. */
const SEARCHED = 262_144;

/** A prompt cache is counted on this long, ms. Source: Anthropic, "Prompt caching", 5 minutes; OpenAI's is longer. */
const CACHED = 300_000;
/** Bytes below which no provider caches: 1,024 tokens of about four. Source: OpenAI and Anthropic, "Prompt caching". */
export const CACHEABLE_BYTES = 4_096;

/**
 * @param moving another target may be in order for each question: a prompt cache holds its key at most
 * @param now monotonic ms
 */
export function conversationOf(
  from: ConversationFrom,
  body: ScannedBody,
  store: AffinityStore,
  moving: boolean,
  now: () => number,
): Conversation {
  let name: string | undefined;
  const named = (): string => (name ??= conversationName(from, body));
  const nameOfKept = (id: string): string => `${from.client ?? ''} kept ${id}`;
  return {
    preference() {
      if (store.size === 0) return null;
      const kept = keptStateIn(body);
      const keeper = kept === null ? undefined : store.get(nameOfKept(kept));
      // Only the account that keeps it finds it.
      if (keeper !== undefined) return { origin: keeper.origin, keyOnly: false };
      const known = store.get(named());
      if (known === undefined) return null;
      const { origin, signed, at } = known;
      if (signed || bringsSignatures(body)) return { origin, keyOnly: false };
      // Many first questions begin alike and are no conversation: they are spread as they would be.
      return goesOn(body) && now() - at < CACHED ? { origin, keyOnly: moving } : null;
    },
    served(origin, signed, keptAs) {
      const served = { origin, signed, at: now() };
      store.put(named(), served);
      for (const id of [keptStateIn(body), keptAs])
        if (typeof id === 'string') store.put(nameOfKept(id), served);
    },
  };
}

/** In its turns: a tool may have a field of such a name, and people may speak of one. */
function bringsSignatures(body: ScannedBody): boolean {
  const turns = turnsOf(body);
  if (!holdsAny(turns, MARKS)) return false;
  return (
    SIGNED.some((name) => holdsMember(turns, name)) ||
    holdsAny(turns, REFERENCES) ||
    (holdsMember(turns, SIGNATURE) && holdsAny(turns, THOUGHTS))
  );
}

/** The model has answered in it before. */
const goesOn = (body: ScannedBody): boolean => holdsAny(turnsOf(body).subarray(0, SEARCHED), ANSWERS);

function turnsOf({ bytes, members }: ScannedBody): Uint8Array {
  const range = members.messages ?? members.input ?? members.contents;
  return bytes.subarray(range?.start ?? 0, range?.end);
}

/** By the tool's own name for its session, else by how the conversation began; one client's is never another's. */
export function conversationName({ headers, client }: ConversationFrom, body: ScannedBody): string {
  return `${client ?? ''} ${sessionOf(headers) ?? beginningOf(body)}`;
}
