/** Commands on the gateway, its keys and its models. */
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import type { CommandId } from '../../../contract/rpc/commands.ts';
import { checkableKeys, useCheckRun, useProviders } from '../../features/providers/index.ts';
import { useAct } from '../../shared/composables/useAct.ts';
import { useCopy } from '../../shared/composables/useCopy.ts';
import { useFailureText } from '../../shared/composables/useFailureText.ts';
import { useGateway } from '../../shared/composables/useGateway.ts';
import { useGatewayState } from '../../shared/composables/useGatewayState.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { Cancelled, useRpc } from '../../shared/rpc/rpc.ts';
import type { CommandAct } from './command-act.ts';

type Own = Extract<
  CommandId,
  'pause' | 'resume' | 'copy-address' | 'clear-cooling' | 'check-keys' | 'refresh-models'
>;

export function useGatewayCommands(): Readonly<Record<Own, CommandAct>> {
  const { t } = useI18n();
  const rpc = useRpc();
  const router = useRouter();
  const gateway = useGateway();
  const { paused, canChange, setPaused } = useGatewayState();
  const providers = useProviders();
  const toasts = useToasts();
  const failureText = useFailureText();
  const copy = useCopy();
  const checkRun = useCheckRun();
  const { run } = useAct();
  let refreshing: AbortController | null = null;

  const keys = () => checkableKeys(providers.providers ?? []);

  async function clearCooling(): Promise<void> {
    await run(async () => {
      const { cleared } = await providers.clear({});
      toasts.add({ kind: 'ok', title: t('commands.cleared', cleared) });
    }, t('commands.notCleared'));
  }
  /** The page shows how far it is. */
  async function checkKeys(): Promise<void> {
    await router.push({ name: 'providers' });
    await checkRun(keys());
  }
  async function refreshModels(): Promise<void> {
    refreshing = new AbortController();
    const { signal } = refreshing;
    const running = (done: number, of: number) => ({
      kind: 'running' as const,
      title: t('models.asking', { done, of }),
      act: { label: t('common.stop'), run: () => refreshing?.abort() },
    });
    const note = toasts.add(running(0, providers.providers?.length ?? 0));
    try {
      const tell = ({ done, of }: { readonly done: number; readonly of: number }): void =>
        toasts.change(note, running(done, of));
      const { lists } = await rpc.follow('models.refresh', {}, tell, signal);
      const failed = lists.filter(({ state }) => state === 'failed').length;
      if (failed === 0) toasts.add({ kind: 'ok', title: t('models.refreshed') });
      else toasts.add({ kind: 'warning', title: t('models.refreshedPartly', failed) });
    } catch (error) {
      if (!(error instanceof Cancelled))
        toasts.add({ kind: 'failed', title: t('models.notRefreshed'), text: failureText(error) });
    } finally {
      refreshing = null;
      toasts.dismiss(note);
    }
  }

  return {
    pause: { act: () => void setPaused(true), available: () => canChange.value && !paused.value },
    resume: { act: () => void setPaused(false), available: () => canChange.value && paused.value },
    'copy-address': {
      act: () => void copy(`${gateway.status?.address ?? ''}/v1`, t('status.address')),
      available: () => (gateway.status?.address ?? '') !== '',
    },
    'clear-cooling': { act: () => void clearCooling(), available: () => providers.coolDowns > 0 },
    'check-keys': { act: () => void checkKeys(), available: () => keys().length > 0 },
    'refresh-models': { act: () => void refreshModels(), available: () => refreshing === null },
  };
}
