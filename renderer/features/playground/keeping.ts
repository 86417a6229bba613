/** Conversations as this page has them, and their way to the gateway: when each is saved, and when it is let go of. */
import { shallowReactive } from 'vue';
import type { Conversation } from '../../../contract/rpc/procedures/conversations.ts';
import { createInStep } from './in-step.ts';
import type { Kept } from './kept.ts';
import type { UnderWay } from './merging.ts';

/** Settings are saved when nobody has changed them for so long, ms. */
const SETTLED = 600;

export interface KeepingPorts {
  readonly put: (conversation: Conversation, revision: string | null) => Promise<string>;
  readonly get: (id: string) => Promise<Kept>;
  /** Its answers on their way to this page. */
  readonly underWay: (id: string) => UnderWay;
  readonly isShown: (id: string) => boolean;
  /** Does the gateway have it, in whatever state? */
  readonly isSaved: (id: string) => boolean;
}

export interface Keeping {
  /** Those in use, and those that the gateway does not have as they are here. */
  readonly held: Map<string, Conversation>;
  /** Conversations that are never saved. */
  readonly temporary: Set<string>;
  /** Why those could not be saved that the gateway does not have as they are here. */
  readonly failures: ReadonlyMap<string, unknown>;
  /** One that the gateway has is to be shown. @returns it as it is here */
  readonly takeOver: (kept: Kept) => Conversation;
  /** Changes it here at once, and at the gateway when nobody changes it further. */
  readonly write: (conversation: Conversation) => void;
  readonly save: (id: string) => Promise<void>;
  /** What waits to be saved is saved now. */
  readonly flush: (id: string) => void;
  /** Saves what could not be saved. */
  readonly saveMissed: () => void;
  /** What was saved elsewhere is had here too. @param revision the newest; undefined where nobody knows, null: gone */
  readonly follow: (id: string, revision?: string | null) => Promise<void>;
  /** Lets go of what nothing needs any more. */
  readonly letGo: () => void;
  /**
   * Lets go of one for good. Nothing saves it again, from now until `remove` has ended; should that fail, it stays.
   * @param remove deletes it at the gateway; called when no saving of it is under way any more
   */
  readonly discard: <Result>(id: string, remove: () => Promise<Result>) => Promise<Result>;
  readonly isLeaving: (id: string) => boolean;
}

export function createKeeping({ put, get, underWay, isShown, isSaved }: KeepingPorts): Keeping {
  const held = shallowReactive(new Map<string, Conversation>());
  const temporary = shallowReactive(new Set<string>());
  const failures = shallowReactive(new Map<string, unknown>());
  const settling = new Map<string, ReturnType<typeof setTimeout>>();
  /** Conversations whose saving is under way or has failed: nobody else has them as they are here. */
  const unsaved = new Set<string>();
  /** Conversations that are being deleted. */
  const leaving = new Set<string>();
  const inStep = createInStep({ held, put, get, underWay });

  function letGo(): void {
    for (const id of held.keys()) {
      if (isShown(id) || underWay(id).length > 0 || unsaved.has(id)) continue;
      held.delete(id);
      inStep.forget(id);
      temporary.delete(id);
    }
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
      await inStep.inTurn(id, () => putAway(id));
    }
    letGo();
  }

  async function putAway(id: string): Promise<void> {
    if (leaving.has(id)) return;
    try {
      await inStep.save(id);
      // Changed meanwhile, it is still to be saved.
      if (inStep.isKept(id)) unsaved.delete(id);
      failures.delete(id);
    } catch (error) {
      failures.set(id, error);
    }
  }

  return {
    held,
    temporary,
    failures,
    takeOver(kept) {
      const { id } = kept.conversation;
      const here = held.get(id);
      if (here !== undefined) return here;
      held.set(id, kept.conversation);
      inStep.begin(kept);
      return kept.conversation;
    },
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
    follow: (id, revision) =>
      inStep.inTurn(id, async () => {
        if (leaving.has(id) || temporary.has(id)) return;
        await inStep.follow(id, revision);
      }),
    letGo,
    async discard(id, remove) {
      leaving.add(id);
      try {
        await inStep.settled(id);
        const result = await remove();
        clearTimeout(settling.get(id));
        settling.delete(id);
        unsaved.delete(id);
        failures.delete(id);
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
  };
}
