/** Conversations as this page has them, and their way to the gateway: when each is saved, and when it is let go of. */
import { shallowReactive, shallowRef, type ShallowRef } from 'vue';
import type { Conversation } from '../../../contract/rpc/procedures/conversations.ts';

/** Settings are saved when nobody has changed them for so long, ms. */
const SETTLED = 600;

export interface KeepingPorts {
  readonly put: (conversation: Conversation) => Promise<void>;
  /** Is it on screen, or being answered? */
  readonly inUse: (id: string) => boolean;
  /** Does the gateway have it, in whatever state? */
  readonly isSaved: (id: string) => boolean;
}

export interface Keeping {
  /** Those in use, and those that the gateway does not have as they are here. */
  readonly held: Map<string, Conversation>;
  /** Conversations that are never saved. */
  readonly temporary: Set<string>;
  /** Why the last saving failed. */
  readonly saveFailure: ShallowRef<unknown>;
  /** Changes it here at once, and at the gateway when nobody changes it further. */
  readonly write: (conversation: Conversation) => void;
  readonly save: (id: string) => Promise<void>;
  /** What waits to be saved is saved now. */
  readonly flush: (id: string) => void;
  /** Saves what could not be saved. */
  readonly saveMissed: () => void;
  /** Lets go of what nothing needs any more. */
  readonly letGo: () => void;
  /**
   * Lets go of one for good. Nothing saves it again, from now until `remove` has ended; should that fail, it stays.
   * @param remove deletes it at the gateway; called when no saving of it is under way any more
   */
  readonly discard: <Result>(id: string, remove: () => Promise<Result>) => Promise<Result>;
  readonly isLeaving: (id: string) => boolean;
  /** Does this page have changes that the gateway may not have yet? */
  readonly isAhead: (id: string) => boolean;
}

export function createKeeping({ put, inUse, isSaved }: KeepingPorts): Keeping {
  const held = shallowReactive(new Map<string, Conversation>());
  const temporary = shallowReactive(new Set<string>());
  const saveFailure = shallowRef<unknown>(null);
  const settling = new Map<string, ReturnType<typeof setTimeout>>();
  /** Conversations whose saving is under way or has failed: nobody else has them as they are here. */
  const unsaved = new Set<string>();
  /** Conversations that are being deleted. */
  const leaving = new Set<string>();
  /** Every saving under way, by conversation. */
  const putting = new Map<string, Promise<unknown>>();

  function letGo(): void {
    for (const id of held.keys()) {
      if (inUse(id) || unsaved.has(id)) continue;
      held.delete(id);
      temporary.delete(id);
    }
  }

  function putAway(conversation: Conversation): Promise<void> {
    const { id } = conversation;
    const mine = put(conversation);
    const all = Promise.allSettled([putting.get(id), mine]).finally(() => {
      if (putting.get(id) === all) putting.delete(id);
    });
    putting.set(id, all);
    return mine;
  }

  /** Where nothing was said yet there is nothing to keep; what was said and taken out must not come back. */
  const isWorthSaving = ({ id, turns }: Conversation): boolean =>
    !temporary.has(id) && (turns.length > 0 || isSaved(id));

  async function save(id: string): Promise<void> {
    clearTimeout(settling.get(id));
    settling.delete(id);
    const conversation = held.get(id);
    if (conversation !== undefined && isWorthSaving(conversation)) {
      unsaved.add(id);
      if (leaving.has(id)) return;
      try {
        await putAway(conversation);
        // Changed meanwhile, it is still to be saved.
        if (held.get(id) === conversation) unsaved.delete(id);
        saveFailure.value = null;
      } catch (error) {
        saveFailure.value = error;
      }
    }
    letGo();
  }

  return {
    held,
    temporary,
    saveFailure,
    write(conversation) {
      const { id } = conversation;
      held.set(id, conversation);
      clearTimeout(settling.get(id));
      settling.set(
        id,
        setTimeout(() => void save(id), SETTLED),
      );
    },
    save,
    flush(id) {
      if (settling.has(id)) void save(id);
    },
    saveMissed() {
      for (const id of unsaved) void save(id);
    },
    letGo,
    async discard(id, remove) {
      leaving.add(id);
      try {
        await putting.get(id);
        const result = await remove();
        clearTimeout(settling.get(id));
        settling.delete(id);
        unsaved.delete(id);
        letGo();
        return result;
      } catch (error) {
        leaving.delete(id);
        if (unsaved.has(id)) void save(id);
        throw error;
      } finally {
        leaving.delete(id);
      }
    },
    isLeaving: (id) => leaving.has(id),
    isAhead: (id) => settling.has(id) || unsaved.has(id),
  };
}
