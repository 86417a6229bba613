/** Providers and their keys, as far as they need the user: a snapshot kept current by events, on every page. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { ProviderView } from '../../../contract/rpc/procedures/providers.ts';
import { coolingTimes, createCoolDownEnds } from './cool-down-ends.ts';
import { useRpc } from '../rpc/rpc.ts';

export const useProviderStates = defineStore('provider-states', () => {
  const rpc = useRpc();
  /** Null until the first answer. */
  const providers = shallowRef<readonly ProviderView[] | null>(null);
  /** When `providers` was true, Unix ms; times left in it count from here. */
  const receivedAt = shallowRef(0);
  /** Ids of those of which nothing succeeded lately, as whoever reads figures told it last. */
  const failing = shallowRef<ReadonlySet<string>>(new Set());

  const ends = createCoolDownEnds(() => void read());
  let followed = false;

  function take(next: readonly ProviderView[]): void {
    providers.value = next;
    receivedAt.value = Date.now();
    if (followed) ends.told(coolingTimes(next));
  }
  async function read(): Promise<void> {
    try {
      take(await rpc.call('providers.list', {}));
    } catch {
      // What was known stays; the status bar says that the gateway does not answer.
      providers.value ??= null;
    }
  }

  return {
    providers,
    receivedAt,
    failing,
    /** What somebody else has asked already need not be asked again. */
    take,
    tellFailing(ids: readonly string[]): void {
      failing.value = new Set(ids);
    },
    /** @returns how to stop following */
    follow(): () => void {
      const stop = rpc.subscribe(['providers.changed'], (event) => {
        if (event.topic === 'providers.changed') take(event.data);
        else void read();
      });
      followed = true;
      void read();
      return () => {
        stop();
        followed = false;
        ends.stop();
      };
    },
    /** Ends the cool-downs of these keys; of all keys where none is named. */
    async clear(keys: readonly { readonly provider: string; readonly id: string }[]): Promise<void> {
      for (const key of keys.length === 0 ? [{}] : keys) await rpc.call('keys.clear', key);
      await read();
    },
  };
});
