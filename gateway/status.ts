/** The state of the gateway for user interfaces, and the figures behind it. */
import type { Told } from '../contract/rpc/connect-sayings.ts';
import type { GatewayStatus, Problem } from '../contract/rpc/procedures/gateway.ts';
import type { Alert } from '../contract/rpc/procedures/alerts.ts';
import type { LogHealth } from '../contract/log/row.ts';
import { fault } from '../contract/rpc/fault-words.ts';
import type { Clock } from './core/ports.ts';

/** Requests that arrived in the last minute and those under way. */
export interface Traffic {
  arrived(): void;
  ended(): void;
  readonly inFlight: number;
  /** Requests that arrived in the last 60 seconds. */
  lastMinute(): number;
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>;
}

export function createTraffic(clock: Clock): Traffic {
  /** Requests per second of the clock, the last sixty of them. */
  const seconds = new Map<number, number>();
  let inFlight = 0;
  let idle: (() => void)[] = [];
  const now = (): number => Math.floor(clock.monotonic() / 1_000);
  const forget = (): void => {
    const oldest = now() - 59;
    for (const second of seconds.keys()) if (second < oldest) seconds.delete(second);
  };

  return {
    get inFlight() {
      return inFlight;
    },
    arrived() {
      inFlight += 1;
      const second = now();
      if (!seconds.has(second)) forget();
      seconds.set(second, (seconds.get(second) ?? 0) + 1);
    },
    ended() {
      inFlight -= 1;
      if (inFlight > 0) return;
      for (const resolve of idle) resolve();
      idle = [];
    },
    lastMinute() {
      forget();
      return [...seconds.values()].reduce((sum, count) => sum + count, 0);
    },
    idle: () => (inFlight === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve))),
  };
}

export interface StatusFacts {
  readonly state: GatewayStatus['state'];
  readonly version: string;
  readonly address: string;
  readonly startedAt: number;
  readonly demo: boolean;
  readonly traffic: Traffic;
  readonly secretStore: GatewayStatus['secretStore'];
  readonly log: LogHealth;
  readonly configProblem: Told | null;
  /** Why the gateway does not listen where it is configured to. */
  readonly addressProblem: Told | null;
  /** Why measurements are not served at a port of their own, where one is configured. */
  readonly metricsProblem: Told | null;
  readonly secretProblem: Told | null;
  readonly warnings: readonly Told[];
  readonly lockedSettings: Readonly<Record<string, string>>;
  /** Clients are asked for a key and none is configured, and the user did not opt out. */
  readonly clientKeyMissing: boolean;
  readonly alerts: readonly Alert[];
  /** Why the back-up that was due could not be made. */
  readonly backupProblem: Told | null;
  /** Why a restore that waited for this start came to nothing, or waits on. */
  readonly restoreProblem: Told | null;
  readonly budgets: { readonly spent: readonly Told[]; readonly near: readonly Told[] };
}

export function gatewayStatus(facts: StatusFacts): GatewayStatus {
  const problems: Problem[] = [];
  const add = (code: Problem['code'], told: Told | null): void => {
    if (told !== null) problems.push({ code, message: told.text, told });
  };
  add('config_broken', facts.configProblem);
  add('address_taken', facts.addressProblem);
  add('metrics_port_taken', facts.metricsProblem);
  add('secrets_unavailable', facts.secretProblem);
  add('log_unhealthy', facts.log.problem);
  add('backup_failed', facts.backupProblem);
  add('restore_failed', facts.restoreProblem);
  add('no_client_key', facts.clientKeyMissing ? fault('no-client-key') : null);
  for (const told of facts.budgets.spent) add('budget_spent', told);
  for (const told of facts.budgets.near) add('budget_near', told);
  // Budgets tell of themselves.
  for (const { when, told } of facts.alerts) if (when !== 'budget') add('alert', told);
  for (const warning of facts.warnings) add('config_warning', warning);
  return {
    state: facts.state,
    version: facts.version,
    address: facts.address,
    startedAt: facts.startedAt,
    demo: facts.demo,
    inFlight: facts.traffic.inFlight,
    requestsPerMinute: facts.traffic.lastMinute(),
    secretStore: facts.secretStore,
    log: facts.log,
    alerts: facts.alerts,
    problems,
    lockedSettings: facts.lockedSettings,
  };
}
