/** Parts of a page that are fetched when they are first wanted. While the gateway is away they wait for it. */
import { defineAsyncComponent, type AsyncComponentLoader, type Component } from 'vue';
import { useI18n } from 'vue-i18n';
import { insist } from '../utils/insist.ts';
import { useGateway } from './useGateway.ts';
import { useToasts, type NewToast } from './useToasts.ts';

/** As Vue's own, but that a part which does not come is told, and comes by itself. */
export function latePart<T extends Component>(load: AsyncComponentLoader<T>): T {
  return defineAsyncComponent<T>(() => fetchPart(load));
}

/** How a part is told that the gateway has no more. */
export const missingPart = (t: (key: string) => string): NewToast => ({
  kind: 'failed',
  title: t('common.partMissing'),
  text: t('common.partMissingHelp'),
  act: { label: t('common.loadAnew'), run: () => window.location.reload() },
});

/** Called while the part's place is set up. */
async function fetchPart<T>(load: () => Promise<T>): Promise<T> {
  const { t } = useI18n();
  const gateway = useGateway();
  const toasts = useToasts();
  const notes: number[] = [];
  try {
    return await insist(load, gateway, () => {
      notes.push(
        toasts.add({ kind: 'running', title: t('common.partWaits'), text: t('common.partWaitsHelp') }),
      );
    });
  } catch (error) {
    toasts.add(missingPart(t));
    throw error;
  } finally {
    notes.forEach(toasts.dismiss);
  }
}
