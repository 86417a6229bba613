/** What is done with several keys of a provider at once; switching and removal are taken back from the note that tells of them. */
import { useI18n } from 'vue-i18n';
import type { KeyView, ProviderView } from '../../../contract/rpc/procedures/providers.ts';
import { useAct, type Act } from '../../shared/composables/useAct.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { isCheckable } from './check-words.ts';
import { keyName } from '../../shared/utils/cool-downs.ts';
import { useKeyChecks } from './key-checks.ts';
import { useProviders } from './store.ts';
import { useCheckRun } from './useCheckRun.ts';
import { useUndo } from './useUndo.ts';

export interface KeyGroup {
  readonly busy: Act['busy'];
  /** @returns true when they are gone */
  readonly remove: (keys: readonly KeyView[]) => Promise<boolean>;
  readonly enable: (keys: readonly KeyView[], enabled: boolean) => Promise<boolean>;
  readonly clear: (keys: readonly KeyView[]) => Promise<boolean>;
  readonly check: (keys: readonly KeyView[]) => Promise<void>;
}

/** @param provider the one that is shown, asked for at each act */
export function useKeyGroup(provider: () => ProviderView): KeyGroup {
  const { t } = useI18n();
  const store = useProviders();
  const checks = useKeyChecks();
  const checkRun = useCheckRun();
  const toasts = useToasts();
  const undoToast = useUndo();
  const { busy, run } = useAct();
  const called = (keys: readonly KeyView[]): string =>
    keys.length === 1 && keys[0] !== undefined ? keyName(keys[0]) : t('providers.keyCount', keys.length);

  return {
    busy,
    async remove(keys) {
      const { id } = provider();
      const name = called(keys);
      let undo: string | null = null;
      const removed = await run(
        async () => {
          ({ undo } = await store.removeKeys(
            id,
            keys.map((key) => key.id),
          ));
        },
        t('providers.keyNotRemoved', { name }),
      );
      if (!removed) return false;
      for (const key of keys) checks.forget({ provider: id, id: key.id });
      undoToast(t('providers.keyRemoved', { name }), undo, t('providers.notRestored', { name }));
      return true;
    },
    async enable(keys, enabled) {
      const { id } = provider();
      const name = called(keys);
      const put = (on: boolean): Promise<boolean> =>
        run(
          () =>
            store.enableKeys(
              id,
              keys.map((key) => key.id),
              on,
            ),
          t('providers.keyNotChanged', { name }),
        );
      const done = await put(enabled);
      if (done) {
        toasts.add({
          kind: 'ok',
          title: t(enabled ? 'providers.switchedOn' : 'providers.switchedOff', { name }),
          undo: () => void put(!enabled),
        });
      }
      return done;
    },
    async clear(keys) {
      let ended = 0;
      const done = await run(async () => {
        ended = await store.clearKeys(
          provider().id,
          keys.map(({ id }) => id),
        );
      }, t('providers.notCleared'));
      if (done) toasts.add({ kind: 'ok', title: t('providers.cleared', ended) });
      return done;
    },
    check: (keys) => checkRun(keys.filter(isCheckable).map(({ id }) => ({ provider: provider().id, id }))),
  };
}
