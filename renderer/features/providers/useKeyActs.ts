/** What is done with one key from its row. Made once for all rows; each key has one act under way at most. */
import { shallowRef, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { KeyView } from '../../../contract/rpc/procedures/providers.ts';
import { useFailureText } from '../../shared/composables/useFailureText.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { keyName } from '../../shared/utils/cool-downs.ts';
import { useKeyChecks } from './key-checks.ts';
import { useProviders } from './store.ts';
import { useSecretActs } from './useSecretActs.ts';

export interface KeyActs {
  /** Ids of keys that something is done with. */
  readonly busy: Readonly<ShallowRef<ReadonlySet<string>>>;
  readonly change: (
    key: KeyView,
    changes: { readonly enabled?: boolean; readonly weight?: number },
  ) => Promise<void>;
  readonly clear: (key: KeyView) => Promise<void>;
  readonly check: (key: KeyView) => Promise<void>;
  readonly copy: (key: KeyView) => Promise<void>;
  readonly reveal: (key: KeyView) => Promise<void>;
}

/** @param provider id of the one that is shown, asked for at each act */
export function useKeyActs(provider: () => string): KeyActs {
  const { t } = useI18n();
  const store = useProviders();
  const checks = useKeyChecks();
  const secrets = useSecretActs();
  const toasts = useToasts();
  const failureText = useFailureText();
  const busy = shallowRef<ReadonlySet<string>>(new Set());
  const named = ({ id }: KeyView): { readonly provider: string; readonly id: string } => ({
    provider: provider(),
    id,
  });

  async function run({ id }: KeyView, act: () => Promise<unknown>, failedTitle: string): Promise<void> {
    if (busy.value.has(id)) return;
    busy.value = new Set([...busy.value, id]);
    try {
      await act();
    } catch (error) {
      toasts.add({ kind: 'failed', title: failedTitle, text: failureText(error) });
    } finally {
      busy.value = new Set([...busy.value].filter((one) => one !== id));
    }
  }

  return {
    busy,
    change: (key, changes) =>
      run(
        key,
        () => store.updateKey({ ...named(key), ...changes }),
        t('providers.keyNotChanged', { name: keyName(key) }),
      ),
    clear: (key) => run(key, () => store.clear(named(key)), t('providers.notCleared')),
    check: (key) => checks.check([named(key)]),
    copy: (key) => secrets.copy(named(key), keyName(key)),
    reveal: (key) => secrets.reveal(named(key), keyName(key)),
  };
}
