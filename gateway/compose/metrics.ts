/** What `/metrics` tells: requests since the start, and the state of the moment it is asked. */
import { performance } from 'node:perf_hooks';
import type { GatewayStatus } from '../../contract/rpc/procedures/gateway.ts';
import type { ProviderView } from '../../contract/rpc/procedures/providers.ts';
import { gaugeFamilies, type ProcessFacts } from '../control/gauge-families.ts';
import { metricsRoute } from '../http/routes/metrics.ts';
import type { Route } from '../http/route.ts';
import { createRequestMetrics, type RequestMetrics } from '../state/request-metrics.ts';

export interface Metrics extends Pick<RequestMetrics, 'ended' | 'corrected'> {
  readonly route: Route;
}

export function createMetrics(
  status: () => GatewayStatus,
  providers: () => readonly ProviderView[],
): Metrics {
  const requests = createRequestMetrics();
  return {
    ...requests,
    route: metricsRoute(() => [
      ...requests.families(),
      ...gaugeFamilies(status(), providers(), processFacts()),
    ]),
  };
}

function processFacts(): ProcessFacts {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  return {
    residentBytes: rss,
    heapBytes: heapUsed,
    cpuSeconds: (user + system) / 1e6,
    eventLoopShare: performance.eventLoopUtilization().utilization,
  };
}
