/** A page is fetched when it is first opened. One that does not come is told, so that no press does nothing. */
import { onScopeDispose } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { useGateway } from '../../shared/composables/useGateway.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';

export function useLostPages(): void {
  const { t } = useI18n();
  const toasts = useToasts();
  const gateway = useGateway();
  const stop = useRouter().onError((_error, to) => {
    const page = typeof to.name === 'string' ? t(`pages.${to.name}`) : to.path;
    toasts.add({
      kind: 'failed',
      title: t('common.pageNotOpened', { page }),
      ...(gateway.away ? { text: t('common.unreachable') } : {}),
    });
  });
  onScopeDispose(stop);
}
