/** Whom a budget can be for: the clients, providers and aliases there are. */
import { computed, onMounted, shallowRef, type ComputedRef, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRpc } from '../../shared/rpc/rpc.ts';
import type { BudgetDraft } from './budget-drafts.ts';
import { useRouting } from './store.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
}

export function useBudgetSubjects(draft: Readonly<Ref<BudgetDraft>>): ComputedRef<readonly Choice[]> {
  const { t } = useI18n();
  const rpc = useRpc();
  const routing = useRouting();
  const clients = shallowRef<readonly string[]>([]);
  const providers = shallowRef<readonly string[]>([]);

  onMounted(async () => {
    // What cannot be read is not offered; what the budget is for already stays.
    const [known, offered] = await Promise.allSettled([
      rpc.call('clients.list', {}),
      rpc.call('providers.list', {}),
    ]);
    if (known.status === 'fulfilled') clients.value = known.value.map(({ id }) => id);
    if (offered.status === 'fulfilled')
      providers.value = offered.value.filter(({ demo }) => !demo).map(({ id }) => id);
  });

  const ids = computed((): readonly string[] => {
    switch (draft.value.kind) {
      case 'client':
        // Who brings the key of server.api_key is called this.
        return ['default', ...clients.value];
      case 'provider':
        return providers.value;
      case 'alias':
        return (routing.views ?? []).map(({ id }) => id);
      case 'all':
        return [];
    }
  });

  return computed(() => {
    const { id } = draft.value;
    const all = id === '' || ids.value.includes(id) ? ids.value : [id, ...ids.value];
    const named = [...new Set(all)].map((value) => ({ value, label: value }));
    if (id !== '') return named;
    return [{ value: '', label: named.length === 0 ? t('budgets.noSuch') : t('budgets.choose') }, ...named];
  });
}
