/** Whether the gateway answers tools, in one word, and pausing and resuming it. */
import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { StateKind } from '../ui/state-kind.ts';
import { isFault } from './problem-acts.ts';
import { useAct, type Act } from './useAct.ts';
import { useGateway } from './useGateway.ts';

export interface GatewayState {
  readonly state: ComputedRef<{ readonly kind: StateKind; readonly label: string }>;
  readonly paused: ComputedRef<boolean>;
  /** False while it starts, ends, or cannot be reached. */
  readonly canChange: ComputedRef<boolean>;
  readonly busy: Act['busy'];
  /** Tells in a toast when it could not be done. */
  readonly setPaused: (pause: boolean) => Promise<boolean>;
}

export function useGatewayState(): GatewayState {
  const gateway = useGateway();
  const { busy, run } = useAct();
  const { t } = useI18n();
  const paused = computed(() => gateway.status?.state === 'paused');

  return {
    state: computed(() => {
      if (gateway.away) return { kind: 'waiting', label: t('status.reconnecting') };
      switch (gateway.status?.state) {
        case 'running':
          return gateway.status.problems.some(({ code }) => isFault(code))
            ? { kind: 'warning', label: t('status.degraded') }
            : { kind: 'ok', label: t('status.running') };
        case 'paused':
          return { kind: 'cooling', label: t('status.paused') };
        case 'draining':
          return { kind: 'cooling', label: t('status.draining') };
        default:
          return { kind: 'waiting', label: t('status.connecting') };
      }
    }),
    paused,
    canChange: computed(() => !gateway.away && (paused.value || gateway.status?.state === 'running')),
    busy,
    setPaused: (pause) =>
      run(() => gateway.pause(pause), pause ? t('status.notPaused') : t('status.notResumed')),
  };
}
