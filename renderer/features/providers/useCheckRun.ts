/** Checks keys and tells in a note how that went, wherever the user has gone meanwhile. */
import { useI18n } from 'vue-i18n';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { useKeyChecks, type KeyName } from './key-checks.ts';

/** @returns a function that resolves when all of them are checked or the checks are stopped */
export function useCheckRun(): (keys: readonly KeyName[]) => Promise<void> {
  const { t } = useI18n();
  const checks = useKeyChecks();
  const toasts = useToasts();

  return async (keys) => {
    await checks.check(keys);
    // One key is told by its row.
    if (keys.length < 2) return;
    const found = keys.map(checks.stateOf).filter((state) => state !== undefined);
    const working = found.filter((state) => state.kind === 'found' && state.check.result === 'works').length;
    const counts = { count: working, of: found.length, asked: keys.length };
    toasts.add({
      kind: working === keys.length ? 'ok' : 'warning',
      title:
        found.length < keys.length
          ? t('providers.check.stopped', counts)
          : t('providers.check.summary', counts),
    });
  };
}
