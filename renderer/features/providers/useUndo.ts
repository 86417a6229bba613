/** The note on a removal, with the button that takes it back while the gateway still can. */
import { useI18n } from 'vue-i18n';
import { useFailureText } from '../../shared/composables/useFailureText.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { useProviders } from './store.ts';

/** @returns a function that tells what is gone, and what to say when it does not come back */
export function useUndo(): (gone: string, undo: string | null, failed: string) => void {
  const { t } = useI18n();
  const store = useProviders();
  const toasts = useToasts();
  const textOf = useFailureText();

  async function restore(undo: string, failed: string): Promise<void> {
    try {
      await store.restore(undo);
      toasts.add({ kind: 'ok', title: t('providers.restored') });
    } catch (error) {
      toasts.add({ kind: 'failed', title: failed, text: textOf(error) });
    }
  }
  return (gone, undo, failed) =>
    toasts.add({
      kind: 'ok',
      title: gone,
      ...(undo === null ? {} : { undo: () => void restore(undo, failed) }),
    });
}
