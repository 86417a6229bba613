/** Budgets by name, and beginning one anew after a question. */
import { ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { BudgetView } from '../../../contract/rpc/procedures/budgets.ts';
import { subjectOf } from '../../../contract/rpc/budget-scope.ts';
import { formatDollars } from '../utils/format.ts';
import { useAct } from './useAct.ts';
import { useBudgets } from './useBudgets.ts';
import { useToasts } from './useToasts.ts';

export interface BudgetReset {
  /** The budget that the dialog asks about. */
  readonly asked: Readonly<Ref<BudgetView | null>>;
  readonly open: Ref<boolean>;
  readonly busy: Readonly<Ref<boolean>>;
  readonly nameOf: (budget: Pick<BudgetView, 'scope' | 'per'>) => string;
  readonly dollars: (amount: number) => string;
  readonly ask: (budget: BudgetView) => void;
  readonly reset: () => Promise<void>;
}

export function useBudgetReset(): BudgetReset {
  const { t, locale } = useI18n();
  const store = useBudgets();
  const toasts = useToasts();
  const { busy, run } = useAct();
  const asked = ref<BudgetView | null>(null);
  const open = ref(false);

  function nameOf({ scope, per }: Pick<BudgetView, 'scope' | 'per'>): string {
    const { kind, id } = subjectOf(scope);
    return t(`budgets.names.${kind}.${per}`, { id });
  }

  return {
    asked,
    open,
    busy,
    nameOf,
    dollars: (amount) => formatDollars(amount, locale.value),
    ask(budget) {
      asked.value = budget;
      open.value = true;
    },
    async reset() {
      const budget = asked.value;
      if (budget === null) return;
      const name = nameOf(budget);
      if (!(await run(() => store.reset(budget.id), t('budgets.notReset', { name })))) return;
      open.value = false;
      toasts.add({ kind: 'ok', title: t('budgets.wasReset', { name }) });
    },
  };
}
