/**
 * The chat that was begun last and in which nothing was said yet, kept in this browser with its settings: neither
 * another chat nor a reload takes it. What is typed in it is a draft and kept as one.
 */
import { useLocalStorage } from '@vueuse/core';
import type { Conversation } from '../../../contract/rpc/procedures/conversations.ts';
import { newConversation } from './conversation.ts';
import { draftPlace } from './draft-place.ts';
import type { Drafts } from './drafts.ts';
import { sameValue } from './same-value.ts';

export interface Unsent {
  /** As it is now: remembered where somebody typed or set something, forgotten where something was said. */
  readonly note: (conversation: Conversation) => void;
  /** Null where there is none. */
  readonly read: () => Conversation | null;
  readonly forget: () => void;
  /** Was something typed in it, or attached? */
  readonly hasWords: (conversation: Conversation) => boolean;
}

/** @param isAttachedTo whether files wait to be sent @param isSaved whether the gateway has a chat, if empty by now */
export function useUnsent(
  drafts: Drafts,
  isAttachedTo: (place: string) => boolean,
  isSaved: (id: string) => boolean,
): Unsent {
  // The id goes before it, so that it is known without reading all. Storage may be blocked or full: then it lives as
  // long as the page.
  const stored = useLocalStorage('switchyard.playground.unsent', '', { onError: () => undefined });
  const isIt = (id: string): boolean => stored.value.startsWith(`${id} `);

  const hasWords = (conversation: Conversation): boolean =>
    [conversation.id, ...conversation.columns.map((column) => draftPlace(conversation, [column]))].some(
      (place) => drafts.read(place) !== '' || isAttachedTo(place),
    );

  return {
    hasWords,
    note(conversation) {
      const { id, turns } = conversation;
      if (turns.length === 0 && !isSaved(id) && (hasWords(conversation) || isSet(conversation))) {
        stored.value = `${id} ${JSON.stringify(conversation)}`;
      } else if (isIt(id)) stored.value = '';
    },
    read() {
      const conversation = parsed(stored.value.slice(stored.value.indexOf(' ') + 1));
      return conversation === null || isSaved(conversation.id) ? null : conversation;
    },
    forget: () => void (stored.value = ''),
  };
}

/** The model alone is no setting worth remembering: a new chat has the one used last. */
function isSet(conversation: Conversation): boolean {
  const settings = ({ title, system, synced, tools, toolChoice, autoContinue, format }: Conversation) => ({
    ...{ title, system, synced, tools, toolChoice, autoContinue, format },
  });
  const blank = newConversation(conversation.id, [], 0);
  return (
    !sameValue(settings(conversation), settings(blank)) ||
    conversation.columns.some(({ parameters }) => Object.keys(parameters).length > 0)
  );
}

function parsed(text: string): Conversation | null {
  try {
    const value: unknown = JSON.parse(text);
    return isConversation(value) ? { ...newConversation(value.id, [], 0), ...value } : null;
  } catch {
    return null;
  }
}

/** As this page wrote it, or an earlier version of it: what it lacks has its usual value. */
const isConversation = (value: unknown): value is Conversation =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  'columns' in value &&
  Array.isArray(value.columns) &&
  value.columns.length > 0;
