/** Checks of keys: a few at a time, what each found, and how far they are. A check changes nothing at the gateway. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { KeyCheck, KeyView } from '../../../contract/rpc/procedures/providers.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { useProviders } from './store.ts';

/** Checks under way at once. */
const AT_ONCE = 4;

export interface KeyName {
  readonly provider: string;
  readonly id: string;
}

/** When the gateway last asked about a key and last used it, Unix ms; null: never, as far as the page knew. */
interface KeyMoments {
  readonly probedAt: number | null;
  readonly usedAt: number | null;
}

/** What is known of a key's check; `failed` is a check that the gateway could not make. */
export type CheckState =
  | { readonly kind: 'queued' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'found'; readonly check: KeyCheck; readonly since: KeyMoments }
  | { readonly kind: 'failed'; readonly error: unknown };

export const useKeyChecks = defineStore('key-checks', () => {
  const rpc = useRpc();
  const providers = useProviders();
  const states = shallowRef<ReadonlyMap<string, CheckState>>(new Map());
  const queue: KeyName[] = [];
  const workers = new Set<Promise<void>>();
  /** Of the checks that were asked for together, until all are done or stopped. */
  const asked = shallowRef(0);
  const done = shallowRef(0);
  /** The key that was asked for by itself last: what is found of it is spoken, a check of hundreds tells of itself. */
  const alone = shallowRef<KeyName | null>(null);

  const stateOf = ({ provider, id }: KeyName): CheckState | undefined =>
    states.value.get(`${provider}/${id}`);

  /** What a check found is believed until the gateway knows something newer of the key. */
  function believed(name: KeyName): CheckState | undefined {
    const state = stateOf(name);
    if (state?.kind !== 'found') return state;
    const view = viewOf(name);
    return view !== undefined && isOvertaken(state, view) ? undefined : state;
  }

  const viewOf = ({ provider, id }: KeyName): KeyView | undefined =>
    providers.providers?.find((one) => one.id === provider)?.keys.find((key) => key.id === id);

  function note({ provider, id }: KeyName, state: CheckState | null): void {
    const next = new Map(states.value);
    if (state === null) next.delete(`${provider}/${id}`);
    else next.set(`${provider}/${id}`, state);
    states.value = next;
  }

  async function checkOne(key: KeyName): Promise<void> {
    note(key, { kind: 'checking' });
    try {
      const { provider, id } = key;
      const check = await rpc.call('keys.check', { provider, id });
      const { probe = null, lastUsedAt = null } = viewOf(key) ?? {};
      note(key, { kind: 'found', check, since: { probedAt: probe?.at ?? null, usedAt: lastUsedAt } });
    } catch (error) {
      note(key, { kind: 'failed', error });
    }
    done.value += 1;
  }

  /** Takes from the queue until it is empty. */
  async function work(): Promise<void> {
    for (let key = queue.shift(); key !== undefined; key = queue.shift()) await checkOne(key);
    if (done.value < asked.value) return;
    asked.value = 0;
    done.value = 0;
  }

  return {
    stateOf: believed,
    alone,
    /** How far the checks under way are; null while there are none. */
    progress: computed(() => (asked.value === 0 ? null : { done: done.value, of: asked.value })),
    /** Resolves when the queue is empty; keys that wait or are being checked are left to that check. */
    async check(keys: readonly KeyName[]): Promise<void> {
      alone.value = keys.length === 1 ? (keys[0] ?? null) : null;
      const fresh = keys.filter((key) => !['queued', 'checking'].includes(stateOf(key)?.kind ?? ''));
      for (const key of fresh) note(key, { kind: 'queued' });
      queue.push(...fresh);
      asked.value += fresh.length;
      for (let more = fresh.length; more > 0 && workers.size < AT_ONCE; more -= 1) {
        const worker: Promise<void> = work().finally(() => workers.delete(worker));
        workers.add(worker);
      }
      await Promise.all(workers);
    },
    /** Takes back what waits; the few under way still tell what they find. */
    stop(): void {
      const waiting = queue.splice(0);
      for (const key of waiting) note(key, null);
      asked.value -= waiting.length;
    },
    forget: (key: KeyName): void => note(key, null),
  };
});

/** Since then the background check has asked, or the key was used and no failure stands behind it. */
function isOvertaken(
  { check, since }: Extract<CheckState, { kind: 'found' }>,
  { probe, lastUsedAt, lastFailedAt, inFlight }: KeyView,
): boolean {
  const asked = probe !== null && probe.verdict !== 'cannot-tell' && probe.at > (since.probedAt ?? 0);
  const usedSince = lastUsedAt !== null && lastUsedAt > (since.usedAt ?? 0);
  const served = usedSince && inFlight === 0 && lastUsedAt > (lastFailedAt ?? 0);
  return asked || (served && check.result !== 'works');
}
