/** Looks again and again which alerts hold, and tells what began and what is over. */
import type { MonitoringConfig } from '../../contract/config/monitoring.ts';
import type { RequestRow } from '../../contract/log/row.ts';
import type { Alert, AlertChange } from '../../contract/rpc/procedures/alerts.ts';
import type { Clock } from '../core/ports.ts';
import { createAlertRules, type AlertFacts, type AlertRules } from './alert-rules.ts';

export interface Alerts {
  /** A request ended. */
  ended(row: RequestRow): void;
  /** What is wrong now, the oldest first. */
  current(): readonly Alert[];
  stop(): void;
}

export interface AlertPorts {
  readonly clock: Clock;
  /** The configuration in force; asked each time. */
  readonly settings: () => MonitoringConfig;
  readonly facts: () => AlertFacts;
  readonly tell: (change: AlertChange) => void;
}

export function createAlerts({ clock, settings, facts, tell }: AlertPorts): Alerts {
  const raised = new Map<string, Alert>();
  let configured = settings().alerts;
  let rules: AlertRules = createAlertRules(configured);
  let cancel = clock.after(settings().interval, beat);

  /** Other rules begin with empty windows: what was counted for the ones before says nothing about them. */
  function follow(): void {
    const { alerts } = settings();
    if (JSON.stringify(alerts) !== JSON.stringify(configured)) rules = createAlertRules(alerts);
    configured = alerts;
  }

  function beat(): void {
    look();
    cancel = clock.after(settings().interval, beat);
  }

  function look(): void {
    follow();
    const { enabled } = settings();
    const holding = enabled && configured.length > 0 ? rules.holding(facts(), clock.monotonic()) : [];
    const at = clock.wall();
    for (const alert of [...raised.values()]) {
      if (holding.some(({ id }) => id === alert.id)) continue;
      raised.delete(alert.id);
      tell({ state: 'cleared', alert, at });
    }
    for (const one of holding) {
      const before = raised.get(one.id);
      const alert = { ...one, since: before?.since ?? at };
      raised.set(one.id, alert);
      if (before === undefined) tell({ state: 'raised', alert, at });
    }
  }

  return {
    ended(row) {
      if (settings().enabled) rules.ended(row, clock.monotonic());
    },
    current: () => [...raised.values()],
    stop: () => cancel(),
  };
}
