/** Adds many keys one after the other: how far it is, stopping, and what happened to each. */
import { ref, type Ref } from 'vue';
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { KeyStorage } from '../../../contract/rpc/procedures/providers.ts';
import type { FoundKey } from './paste-lines.ts';
import { useProviders, type NewKey } from './store.ts';

export interface AddedKeys {
  readonly added: number;
  /** Those the provider had already. */
  readonly known: number;
  readonly storage: KeyStorage;
}

export interface AddKeys {
  /** Null while nothing is being added. */
  readonly progress: Readonly<Ref<{ readonly done: number; readonly of: number } | null>>;
  readonly stop: () => void;
  /** @throws at the first that is refused for another reason than being there; those before it stay */
  readonly add: (provider: string, keys: readonly FoundKey[], more: NewKey) => Promise<AddedKeys>;
}

export function useAddKeys(): AddKeys {
  const store = useProviders();
  const progress = ref<{ done: number; of: number } | null>(null);
  let stopped = false;
  const isStopped = (): boolean => stopped;
  return {
    progress,
    stop() {
      stopped = true;
    },
    async add(provider, keys, more) {
      stopped = false;
      let added = 0;
      let known = 0;
      let storage: KeyStorage = 'stored';
      try {
        for (const [index, { value, weight, name }] of keys.entries()) {
          if (isStopped()) break;
          progress.value = { done: index, of: keys.length };
          const label = more.label ?? name ?? '';
          try {
            storage = await store.addKey({
              ...more,
              provider,
              value,
              weight,
              ...(label === '' ? {} : { label }),
            });
            added += 1;
          } catch (error) {
            if (!(error instanceof RpcError) || error.code !== 'conflict') throw error;
            known += 1;
          }
        }
      } finally {
        progress.value = null;
        await store.read();
      }
      return { added, known, storage };
    },
  };
}
