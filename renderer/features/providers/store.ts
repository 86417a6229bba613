/** Providers and keys: a snapshot of the engine's, kept current by events, and the acts on them. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { RawInputOf } from '../../../contract/rpc/define.ts';
import type { Procedures } from '../../../contract/rpc/procedures.ts';
import type {
  KeyStorage,
  ProviderTemplate,
  ProviderView,
} from '../../../contract/rpc/procedures/providers.ts';
import { coolingTimes, createCoolDownEnds } from '../../shared/composables/cool-down-ends.ts';
import { useAnswers } from '../../shared/composables/useAnswers.ts';
import { useProviderStates } from '../../shared/composables/useProviderStates.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { coolDownsOf } from '../../shared/utils/cool-downs.ts';
import { withSamples, type QuotaHistory } from './forecast.ts';
import { shareViews } from './share-views.ts';

type Input<Name extends keyof Procedures> = RawInputOf<Procedures[Name]>;

/** What may be said of a key besides its value. */
export type NewKey = Pick<Input<'keys.add'>, 'label' | 'maxConcurrency' | 'rpm' | 'tpm' | 'account'>;

export const useProviders = defineStore('providers', () => {
  const rpc = useRpc();
  const states = useProviderStates();
  /** Null until the first answer. */
  const providers = shallowRef<readonly ProviderView[] | null>(null);
  useAnswers().held(() => {
    providers.value = null;
  });
  /** When `providers` was true, Unix ms; times left in it count from here. */
  const receivedAt = shallowRef(0);
  /** What was left of limits when it was told, while the app is open. */
  const history = shallowRef<QuotaHistory>(new Map());
  const failure = shallowRef<unknown>(null);

  /** How many the overview lists: one that rests as a whole is one thing to look at, however many keys it has. */
  const coolDowns = computed(() => (providers.value ?? []).flatMap(coolDownsOf).length);

  /** Changes of the order that the gateway has not answered yet; until then the order on screen is the wanted one. */
  let arranging = 0;
  let arranged: Promise<unknown> = Promise.resolve();
  function inOrder(views: readonly ProviderView[], ids: readonly string[]): readonly ProviderView[] {
    const place = new Map(ids.map((id, index) => [id, index]));
    const placeOf = ({ id }: ProviderView): number => place.get(id) ?? ids.length;
    return views.toSorted((left, right) => placeOf(left) - placeOf(right));
  }

  const ends = createCoolDownEnds(() => void read());
  let followers = 0;

  function take(told: readonly ProviderView[]): void {
    const shown = providers.value ?? [];
    const next =
      arranging > 0
        ? inOrder(
            told,
            shown.map(({ id }) => id),
          )
        : told;
    providers.value = shareViews(providers.value, next);
    receivedAt.value = Date.now();
    states.take(told);
    history.value = withSamples(history.value, next);
    failure.value = null;
    if (followers > 0) ends.told(coolingTimes(next));
  }
  async function read(): Promise<void> {
    try {
      take(await rpc.call('providers.list', {}));
    } catch (error) {
      failure.value = error;
    }
  }
  /** Events follow on their own; reading at once lets the act show before they come. */
  async function act<T>(result: Promise<T>): Promise<T> {
    const done = await result;
    await read();
    return done;
  }

  return {
    providers,
    receivedAt,
    history,
    failure,
    coolDowns,
    read,
    /** @returns how to stop following */
    follow(): () => void {
      const stop = rpc.subscribe(['providers.changed'], (event) => {
        if (event.topic === 'providers.changed') take(event.data);
        else void read();
      });
      followers += 1;
      void read();
      return () => {
        stop();
        followers -= 1;
        if (followers === 0) ends.stop();
      };
    },
    templates: (): Promise<readonly ProviderTemplate[]> => rpc.call('providers.templates', {}),
    add: (input: Input<'providers.add'>) => act(rpc.call('providers.add', input)),
    update: (input: Input<'providers.update'>) => act(rpc.call('providers.update', input)),
    remove: (id: string) => act(rpc.call('providers.remove', { id })),
    /** Puts back what was removed a moment ago. */
    restore: (undo: string) => act(rpc.call('providers.restore', { undo })),
    duplicate: (id: string) => act(rpc.call('providers.duplicate', { id })),
    /** Shows the order at once and asks for one after the other; where the gateway refuses it, the one in force comes back. */
    async arrange(ids: readonly string[]): Promise<void> {
      providers.value = providers.value === null ? null : inOrder(providers.value, ids);
      arranging += 1;
      const turn = arranged.then(() => rpc.call('providers.arrange', { ids: [...ids] }));
      arranged = turn.catch(() => undefined);
      try {
        await turn;
      } finally {
        arranging -= 1;
        if (arranging === 0) await read();
      }
    },
    /** The caller reads anew when it has added the last one. @returns how it is kept */
    addKey: async (input: Input<'keys.add'>): Promise<KeyStorage> =>
      (await rpc.call('keys.add', input)).storage,
    updateKey: (input: Input<'keys.update'>) => act(rpc.call('keys.update', input)),
    removeKeys: (provider: string, ids: readonly string[]) =>
      act(rpc.call('keys.removeSeveral', { provider, ids: [...ids] })),
    enableKeys: (provider: string, ids: readonly string[], enabled: boolean) =>
      act(rpc.call('keys.enableSeveral', { provider, ids: [...ids], enabled })),
    /** @returns how many cool-downs were ended */
    async clearKeys(provider: string, ids: readonly string[]): Promise<number> {
      const answers = await act(Promise.all(ids.map((id) => rpc.call('keys.clear', { provider, id }))));
      return answers.reduce((sum, { cleared }) => sum + cleared, 0);
    },
    /** Ends cool-downs: of one key, of a provider's keys, or of all. */
    clear: (input: Input<'keys.clear'>) => act(rpc.call('keys.clear', input)),
  };
});
