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
import { say } from '../core/sayings.ts';
import type { Load } from '../core/load.ts';
import type { Upstream } from '../core/upstream.ts';
import { metricsRoute } from '../http/routes/metrics.ts';
import type { Route } from '../http/route.ts';
import type { GatewayPorts } from '../index.ts';
import type { BudgetState } from '../state/budgets.ts';
import { createRequestMetrics } from '../state/request-metrics.ts';
import { createAlerts } from '../upkeep/alerts.ts';
import type { AlertFacts } from '../upkeep/alert-rules.ts';
import { createWebhook } from '../upkeep/webhook.ts';
import { createMetricsPort, type MetricsPort } from './metrics-port.ts';
import { probeRoutes } from './probes.ts';

export interface Monitoring {
  /** Measurements and probes. */
  readonly routes: readonly Route[];
  /** Where they are served besides. */
  readonly port: Pick<MetricsPort, 'problem' | 'follow'>;
  /** A request ended. */
  ended(row: RequestRow): void;
  /** Its tokens or cost became known later. */
  readonly corrected: (row: RequestRow, before: RequestRow) => void;
  alerts(): readonly Alert[];
  /** Closes the port of its own as well; see `MetricsPort.close`. */
  stop(deadline: number): Promise<void>;
}

export function createMonitoring(
  ports: Pick<GatewayPorts, 'clock' | 'logger' | 'version' | 'random' | 'sessionOf'>,
  parts: {
    readonly config: () => Config;
    readonly upstream: Upstream;
    readonly hub: Pick<EventHub, 'publish'>;
    readonly status: () => GatewayStatus;
    readonly providers: () => readonly ProviderView[];
    readonly budgets: Pick<BudgetState, 'view'>;
    readonly changed: () => void;
    readonly load: Load;
    readonly redact: (text: string) => string;
    readonly paused: () => boolean;
    /** This process, as its own requests to upstreams name it. */
    readonly instance: string;
  },
): Monitoring {
  const { clock, logger, version, random, sessionOf } = ports;
  const { config, hub, status, providers, changed, redact, paused, instance } = parts;
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
          told: say(
            'budget-used',
            { spentDollars: spent, limitDollars: usd, per, scope },
            undefined,
            `$${spent.toFixed(2)} of $${usd} per ${per} for ${scope} are spent.`,
          ),
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

  const metrics = metricsRoute(() => {
    if (!settings().enabled) {
      throw new GatewayError('not_found', 'Measurements are turned off (monitoring.enabled: false).');
    }
    return [...requests.families(), ...gaugeFamilies(status(), providers(), processFacts())];
  });
  const routes = [...probeRoutes(status, parts.load), metrics];

  const port = createMetricsPort(
    { routes, sessionOf, clock, random, logger, redact, paused, instance },
    config,
    changed,
  );

  return {
    routes,
    port,
    ended(row) {
      if (!settings().enabled) return;
      requests.ended(row);
      alerts.ended(row);
    },
    corrected(row, before) {
      if (settings().enabled) requests.corrected(row, before);
    },
    alerts: () => alerts.current(),
    stop(deadline) {
      alerts.stop();
      return port.close(deadline);
    },
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
