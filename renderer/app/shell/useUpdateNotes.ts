/** Says that a newer version is there, or ready, to whoever looks at another page than the one that shows it. */
import { onScopeDispose, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { useUpdates } from '../../shared/composables/useUpdates.ts';

export function useUpdateNotes(): void {
  const { t } = useI18n();
  const router = useRouter();
  const toasts = useToasts();
  const updates = useUpdates();
  if (!updates.present) return;
  onScopeDispose(updates.follow());

  watch(
    () => updates.view?.state,
    (state, before) => {
      if (state?.kind !== 'available' && state?.kind !== 'ready') return;
      // A consent given or taken back, or a download that the user stopped, is no news.
      if (before?.kind === state.kind || (before?.kind === 'downloading' && state.kind === 'available'))
        return;
      if (router.currentRoute.value.name === 'settings') return;
      toasts.add({
        kind: 'ok',
        title: t(`settings.items.about.updates.${state.kind}`, { version: state.update.version }),
        act: {
          label: t('settings.items.about.updates.show'),
          run: () => void router.push({ name: 'settings', params: { section: 'about' } }),
        },
      });
    },
  );
}
