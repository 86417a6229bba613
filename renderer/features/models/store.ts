/** Every model of every provider: a snapshot of the engine's, read again when it says that lists changed. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { LocationQuery } from 'vue-router';
import type { RawInputOf } from '../../../contract/rpc/define.ts';
import type { Procedures } from '../../../contract/rpc/procedures.ts';
import type { MeasuredModel, ModelCatalogue } from '../../../contract/rpc/procedures/models.ts';
import type { ProviderView } from '../../../contract/rpc/procedures/providers.ts';
import { useAnswers } from '../../shared/composables/useAnswers.ts';
import { Cancelled, useRpc } from '../../shared/rpc/rpc.ts';

/** How far a refresh is: answers that came, and providers asked. */
export interface Progress {
  readonly done: number;
  readonly of: number;
}

const NOTHING: ReadonlyMap<string, boolean> = new Map();

export const useModels = defineStore('models', () => {
  const rpc = useRpc();
  /** Null until the first answer. */
  const catalogue = shallowRef<ModelCatalogue | null>(null);
  const failure = shallowRef<unknown>(null);
  /** Which providers can be used, as told since the snapshot, by id. */
  const usable = shallowRef(NOTHING);
  /** Stars that were turned since the snapshot, by id. */
  const favourites = shallowRef(NOTHING);
  /** Figures of the last days by id; null until they are there, or while the log cannot be asked. */
  const measured = shallowRef<ReadonlyMap<string, MeasuredModel> | null>(null);
  useAnswers().held(() => {
    catalogue.value = null;
    measured.value = null;
  });
  /** By id, with endpoints and keys. */
  const providers = shallowRef<ReadonlyMap<string, ProviderView>>(new Map());
  /** Filter and order as the page was left with them, as its address has them. */
  const place = shallowRef<LocationQuery>({});
  /** Of the refresh under way, null while there is none. */
  const progress = shallowRef<Progress | null>(null);
  let reading = 0;
  let refreshing: AbortController | null = null;

  function take(next: ModelCatalogue): void {
    catalogue.value = next;
    usable.value = NOTHING;
    favourites.value = NOTHING;
    failure.value = null;
  }
  function takeProviders(views: readonly ProviderView[]): void {
    providers.value = new Map(views.map((view) => [view.id, view]));
  }
  /** Both only add to the list, which stands without them. */
  async function readAround(): Promise<void> {
    const [figures, views] = await Promise.allSettled([
      rpc.call('models.measured', {}),
      rpc.call('providers.list', {}),
    ]);
    if (figures.status === 'fulfilled') {
      measured.value = new Map(figures.value.models.map((model) => [model.id, model]));
    }
    if (views.status === 'fulfilled') takeProviders(views.value);
  }
  /** An answer that was overtaken by a newer question is dropped. */
  async function read(): Promise<void> {
    reading += 1;
    const turn = reading;
    try {
      const next = await rpc.call('models.list', {});
      if (turn !== reading) return;
      take(next);
    } catch (error) {
      if (turn === reading) failure.value = error;
    }
  }

  return {
    catalogue,
    failure,
    usable,
    favourites,
    measured,
    providers,
    place,
    progress,
    read,
    /** @returns how to stop following */
    follow(): () => void {
      const stop = rpc.subscribe(['models.changed', 'config.changed', 'providers.changed'], (event) => {
        if (event.topic === 'providers.changed') {
          takeProviders(event.data);
          const next = new Map(
            event.data.map(({ id, enabled, problem }) => [id, enabled && problem === null]),
          );
          // Most of these events are about requests; only a change of this makes thousands of rows anew.
          if (!same(next, usable.value)) usable.value = next;
        } else void read();
      });
      void read();
      void readAround();
      return stop;
    },
    /**
     * Asks the providers again, one or all. Does nothing while that is under way.
     * @returns false when the user stopped it
     * @throws as the gateway says
     */
    async refresh(provider?: string): Promise<boolean> {
      if (refreshing !== null) return true;
      const control = new AbortController();
      refreshing = control;
      progress.value = { done: 0, of: 0 };
      try {
        const input = provider === undefined ? {} : { provider };
        const tell = (told: Progress): void => {
          progress.value = told;
        };
        const next = await rpc.follow('models.refresh', input, tell, control.signal);
        // A list that was asked for before is older than this one.
        reading += 1;
        take(next);
        return true;
      } catch (error) {
        if (error instanceof Cancelled) return false;
        throw error;
      } finally {
        refreshing = null;
        progress.value = null;
      }
    },
    /** The star turns at once, and back where the gateway refuses. @throws as the gateway says */
    async favourite(model: string, favourite: boolean): Promise<void> {
      const told = (value: boolean): void => {
        favourites.value = new Map(favourites.value).set(model, value);
      };
      told(favourite);
      try {
        await rpc.call('models.favourite', { model, favourite });
      } catch (error) {
        told(!favourite);
        throw error;
      }
    },
    /** @throws as the gateway says */
    async correct(correction: RawInputOf<Procedures['models.correct']>): Promise<void> {
      await rpc.call('models.correct', correction);
      await read();
    },
    stopRefresh(): void {
      refreshing?.abort();
    },
  };
});

function same(one: ReadonlyMap<string, boolean>, other: ReadonlyMap<string, boolean>): boolean {
  return one.size === other.size && [...one].every(([key, value]) => other.get(key) === value);
}
