/** The last day of all providers, asked for in one question and again every minute while the page is open. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { dayBefore, HOUR, trafficByProvider, type Traffic } from './traffic.ts';

/** ms */
const AGAIN = 60_000;
/** Providers with traffic beyond these have none on their cards. */
const MOST = 250;

export const useTraffic = defineStore('provider-traffic', () => {
  const rpc = useRpc();
  const known = shallowRef<ReadonlyMap<string, Traffic>>(new Map());

  async function read(): Promise<void> {
    try {
      const from = dayBefore(Date.now());
      known.value = trafficByProvider(
        await rpc.call('statistics.read', { from, bucket: HOUR, by: 'provider', most: MOST }),
      );
    } catch {
      // The cards say everything else without it, and the overview tells what is wrong with the log.
      known.value = new Map();
    }
  }

  return {
    of: (provider: string): Traffic | undefined => known.value.get(provider),
    /** @returns how to stop following */
    follow(): () => void {
      void read();
      const timer = setInterval(() => void read(), AGAIN);
      return () => clearInterval(timer);
    },
  };
});
