/**
 * Keeps conversations here and at the gateway in step, whoever else has them open: what is saved says what it was made
 * of, and where that is no longer what the gateway has, what was changed here goes onto what it has by now.
 */
import type { Conversation } from '../../../contract/rpc/procedures/conversations.ts';
import { isChangedElsewhere, isGone, MOST_TRIES, type Kept } from './kept.ts';
import { merged, type UnderWay } from './merging.ts';

export interface InStepPorts {
  readonly held: Map<string, Conversation>;
  /** @returns the revision that it is from now on */
  readonly put: (conversation: Conversation, revision: string | null) => Promise<string>;
  readonly get: (id: string) => Promise<Kept>;
  readonly underWay: (id: string) => UnderWay;
}

export interface InStep {
  /** One act after the other on each conversation. @param act must not reject */
  inTurn(id: string, act: () => Promise<void>): Promise<void>;
  /** Resolves when no act on it is under way any more. */
  settled(id: string): Promise<void>;
  /** The gateway has it like this, and so has this page. */
  begin(kept: Kept): void;
  forget(id: string): void;
  /** Does the gateway have it as it is here? */
  isKept(id: string): boolean;
  /** In turn. @throws what the gateway says */
  save(id: string): Promise<void>;
  /** In turn. @param revision what it is by now; undefined where nobody knows, null where it is gone */
  follow(id: string, revision: string | null | undefined): Promise<void>;
}

export function createInStep({ held, put, get, underWay }: InStepPorts): InStep {
  /** What the gateway has, as far as this page has heard; what is here is made of it. */
  const bases = new Map<string, Kept>();
  const acting = new Map<string, Promise<void>>();

  const isKept = (id: string): boolean => held.get(id) === bases.get(id)?.conversation;

  async function takeIn(id: string): Promise<void> {
    const kept = await get(id).catch((error: unknown) => {
      if (isGone(error)) return null;
      throw error;
    });
    if (kept === null) bases.delete(id);
    const here = held.get(id);
    if (kept === null || here === undefined) return;
    const earlier = bases.get(id)?.conversation ?? null;
    held.set(id, merged({ earlier, here, kept: kept.conversation }, underWay(id)));
    bases.set(id, kept);
  }

  return {
    inTurn(id, act) {
      const before = acting.get(id);
      const mine = (before === undefined ? act() : before.then(act)).finally(() => {
        if (acting.get(id) === mine) acting.delete(id);
      });
      acting.set(id, mine);
      return mine;
    },
    async settled(id) {
      await acting.get(id);
    },
    begin: (kept) => void bases.set(kept.conversation.id, kept),
    forget: (id) => void bases.delete(id),
    isKept,
    async save(id) {
      for (let tries = 1; !isKept(id); tries += 1) {
        const conversation = held.get(id);
        if (conversation === undefined) return;
        try {
          const revision = await put(conversation, bases.get(id)?.revision ?? null);
          bases.set(id, { conversation, revision });
          return;
        } catch (error) {
          if (!isChangedElsewhere(error) || tries === MOST_TRIES) throw error;
          await takeIn(id);
        }
      }
    },
    async follow(id, revision) {
      const known = bases.get(id)?.revision;
      // Gone, it stays here: the next saving brings it back.
      if (revision === null) bases.delete(id);
      // One that the gateway never had can be nobody else's, unless somebody says so.
      else if (held.has(id) && (revision === undefined ? known !== undefined : revision !== known)) {
        // Should the gateway not answer, the next saving hears of it.
        await takeIn(id).catch(() => undefined);
      }
    },
  };
}
