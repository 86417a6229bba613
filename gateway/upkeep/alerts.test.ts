import { expect, it } from 'vitest';
import { monitoringSchema, type MonitoringConfig } from '../../contract/config/monitoring.ts';
import type { AlertChange } from '../../contract/rpc/procedures/alerts.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { requestRow } from '../testing/request-row.ts';
import { createAlerts } from './alerts.ts';

const bad = requestRow({ sequence: 1, outcome: 'error', status: 502 });

function setup(settings: object) {
  const clock = createSteppedClock();
  const told: AlertChange[] = [];
  let current: MonitoringConfig = monitoringSchema.parse(settings);
  const facts = { budgets: [], down: [{ id: 'groq', name: 'Groq' }] };
  const alerts = createAlerts({
    clock,
    settings: () => current,
    facts: () => facts,
    tell: (change) => told.push(change),
  });
  return {
    clock,
    alerts,
    states: () => told.map(({ state, alert }) => `${state} ${alert.id}`),
    set: (next: object) => (current = monitoringSchema.parse(next)),
  };
}

it('tells once that something began and once that it is over, however often it looks', () => {
  const { clock, alerts, states } = setup({
    alerts: [{ when: 'error_rate', above: 0.5, window: '1m', at_least: 1 }],
  });
  alerts.ended(bad);
  clock.step(5_000);
  expect(states()).toEqual(['raised 1-error_rate']);
  expect(alerts.current()).toMatchObject([{ id: '1-error_rate', since: clock.wall() - 4_000 }]);
  clock.step(120_000);
  expect(states()).toEqual(['raised 1-error_rate', 'cleared 1-error_rate']);
  expect(alerts.current()).toEqual([]);
});

it('follows the configuration: other rules at once, none when it is turned off', () => {
  const { clock, states, set } = setup({ alerts: [] });
  clock.step(2_000);
  expect(states()).toEqual([]);
  set({ alerts: [{ when: 'provider_down', for: '1s' }] });
  clock.step(3_000);
  expect(states()).toEqual(['raised 1-provider_down-groq']);
  set({ enabled: false, alerts: [{ when: 'provider_down', for: '1s' }] });
  clock.step(2_000);
  expect(states()).toEqual(['raised 1-provider_down-groq', 'cleared 1-provider_down-groq']);
});

it('looks no more when stopped', () => {
  const { clock, alerts, states } = setup({ alerts: [{ when: 'provider_down', for: '1s' }] });
  alerts.stop();
  clock.step(60_000);
  expect(states()).toEqual([]);
});
