/** What can be done with one model, wherever it stands. */
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { useAct } from '../../shared/composables/useAct.ts';
import { useCopy } from '../../shared/composables/useCopy.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { useCompareTray } from './compare-tray.ts';
import { MOST_COMPARED } from './compare.ts';
import type { ModelRow } from './rows.ts';
import { useModels } from './store.ts';

export interface ModelActs {
  readonly star: (row: ModelRow) => void;
  /** Puts it into the tray, or takes it out. */
  readonly compare: (row: Pick<ModelRow, 'id'>) => void;
  readonly copyId: (row: ModelRow) => void;
  readonly tryIt: (row: Pick<ModelRow, 'id'>) => void;
}

export function useModelActs(): ModelActs {
  const { t } = useI18n();
  const router = useRouter();
  const store = useModels();
  const tray = useCompareTray();
  const toasts = useToasts();
  const copy = useCopy();
  const { run } = useAct();

  return {
    star: (row) => void run(() => store.favourite(row.id, !row.favourite), t('models.notMarked')),
    compare({ id }) {
      if (tray.toggle(id)) return;
      toasts.add({ kind: 'warning', title: t('models.compare.full', { count: MOST_COMPARED }) });
    },
    copyId: ({ id }) => void copy(id, id),
    tryIt: ({ id }) => void router.push({ name: 'playground', query: { model: id } }),
  };
}
