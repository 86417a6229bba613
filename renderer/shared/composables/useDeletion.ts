/** Deletes requests of the log, which takes minutes of a large one: how far it is, and how it is stopped. */
import { ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { DeleteProgress } from '../../../contract/rpc/procedures/requests.ts';
import { Cancelled } from '../rpc/rpc.ts';
import { formatCount } from '../utils/format.ts';
import { useAct } from './useAct.ts';
import { useToasts } from './useToasts.ts';

export interface Deletion {
  readonly busy: Readonly<Ref<boolean>>;
  /** Rows that have gone so far. */
  readonly deleted: Ref<number>;
  /** Runs until all is deleted or it is stopped, and says how it ended. @returns false where it failed */
  readonly run: (
    act: (told: (progress: DeleteProgress) => void, signal: AbortSignal) => Promise<DeleteProgress>,
  ) => Promise<boolean>;
  /** What was deleted by then is gone. */
  readonly stop: () => void;
}

export function useDeletion(): Deletion {
  const { t, locale } = useI18n();
  const toasts = useToasts();
  const { busy, run } = useAct();
  const deleted = ref(0);
  let stopping = new AbortController();

  const told = (progress: DeleteProgress): void => {
    deleted.value = progress.deleted;
  };

  return {
    busy,
    deleted,
    stop: () => stopping.abort(),
    async run(act) {
      stopping = new AbortController();
      deleted.value = 0;
      let title = 'requests.deleted';
      const done = await run(async () => {
        try {
          told(await act(told, stopping.signal));
        } catch (error) {
          if (!(error instanceof Cancelled)) throw error;
          title = 'requests.deletionStopped';
        }
      }, t('requests.notDeleted'));
      if (done)
        toasts.add({
          kind: 'ok',
          title: t(title, { count: formatCount(deleted.value, locale.value) }, deleted.value),
        });
      return done;
    },
  };
}
