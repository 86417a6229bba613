/** What the engine measures of itself, and the alerts that come of it. */
import { performance } from 'node:perf_hooks';
import type { Config } from '../../contract/config/schema.ts';
import type { RequestRow } from '../../contract/log/row.ts';
import type { Alert } from '../../contract/rpc/procedures/alerts.ts';
import type { GatewayStatus } from '../../contract/rpc/procedures/gateway.ts';
import type { ProviderView } from '../../contract/rpc/procedures/providers.ts';
import type { EventHub } from '../control/event-hub.ts';
import { gaugeFamilies, type ProcessFacts } from '../control/gauge-families.ts';
import { GatewayError } from '../core/errors.ts';
import type { Upstream } from '../core/upstream.ts';
import { metricsRoute } from '../http/routes/metrics.ts';
import type { Route } from '../http/route.ts';
import type { GatewayPorts } from '../index.ts';
import type { BudgetState } from '../state/budgets.ts';
import { createRequestMetrics } from '../state/request-metrics.ts';
import { createAlerts } from '../upkeep/alerts.ts';
import type { AlertFacts } from '../upkeep/alert-rules.ts';
import { createWebhook } from '../upkeep/webhook.ts';

export interface Monitoring {
  readonly route: Route;
  /** A request ended. */
  ended(row: RequestRow): void;
  /** Its tokens or cost became known later. */
  readonly corrected: (row: RequestRow, before: RequestRow) => void;
  alerts(): readonly Alert[];
  stop(): void;
}

export function createMonitoring(
  { clock, logger, version }: Pick<GatewayPorts, 'clock' | 'logger' | 'version'>,
  parts: {
    readonly config: () => Config;
    readonly upstream: Upstream;
    readonly hub: Pick<EventHub, 'publish'>;
    readonly status: () => GatewayStatus;
    readonly providers: () => readonly ProviderView[];
    readonly budgets: Pick<BudgetState, 'view'>;
    readonly changed: () => void;
  },
): Monitoring {
  const { config, hub, status, providers, changed } = parts;
  const settings = () => config().monitoring;
  const requests = createRequestMetrics();
  const webhook = createWebhook({
    clock,
    logger,
    version,
    upstream: parts.upstream,
    settings: () => settings().webhook,
    network: () => ({ proxy: config().network.proxy, noProxy: config().network.no_proxy }),
  });
  const alerts = createAlerts({
    clock,
    settings,
    facts: (): AlertFacts => ({
      budgets: parts.budgets
        .view()
        .filter(({ state }) => state !== 'fine')
        .map(({ id, spent, usd, per, scope }) => ({
          name: id,
          message: `$${spent.toFixed(2)} of $${usd} per ${per} for ${scope} are spent.`,
        })),
      down: providers().filter(({ enabled, problem }) => enabled && problem === 'no_usable_key'),
    }),
    tell(change) {
      const { state, alert } = change;
      if (state === 'raised') logger.warn(`Alert: ${alert.message}`, { alert: alert.id });
      else logger.info('An alert is over', { alert: alert.id });
      hub.publish({ topic: 'alerts.changed', data: change });
      changed();
      webhook(change);
    },
  });

  return {
    route: metricsRoute(() => {
      if (!settings().enabled) {
        throw new GatewayError('not_found', 'Measurements are turned off (monitoring.enabled: false).');
      }
      return [...requests.families(), ...gaugeFamilies(status(), providers(), processFacts())];
    }),
    ended(row) {
      if (!settings().enabled) return;
      requests.ended(row);
      alerts.ended(row);
    },
    corrected(row, before) {
      if (settings().enabled) requests.corrected(row, before);
    },
    alerts: () => alerts.current(),
    stop: () => alerts.stop(),
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
