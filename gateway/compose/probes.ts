/** What probes are told of the gateway's state. */
import type { GatewayStatus } from '../../contract/rpc/procedures/gateway.ts';
import type { Load } from '../core/load.ts';
import type { Route } from '../http/route.ts';
import { healthRoutes } from '../http/routes/health.ts';

export function probeRoutes(status: () => GatewayStatus, load: Load): readonly Route[] {
  return healthRoutes(() => {
    const detail = status();
    const refusing = load.refusing();
    return {
      healthy: detail.state === 'running' || detail.state === 'paused',
      ready: detail.state === 'running' && refusing === null,
      detail: { ...detail, refusing },
    };
  });
}
