/** The control plane as tray, menu and notifications use it. */
import type { ControlPlane } from '../../gateway/index.ts';
import type { SurfaceControl } from './surfaces.ts';

const DAY = 86_400_000;

export function surfaceControl(control: ControlPlane): SurfaceControl {
  const { handlers } = control;
  return {
    status: () => handlers['gateway.status']({}),
    providers: () => handlers['providers.list']({}),
    async figuresSince(since) {
      const { total } = await handlers['statistics.read']({
        from: since,
        bucket: DAY,
        most: 1,
        compare: false,
      });
      return { requests: total.requests, cost: total.cost };
    },
    async pause(paused) {
      const result = await control.call('gateway.pause', { paused });
      return result.ok ? null : result.error.message;
    },
    subscribe: (...subscription) => control.subscribe(...subscription),
  };
}
