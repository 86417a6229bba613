import { expect, it } from 'vitest';
import { NO_OVERRIDES } from './overrides.ts';
import { parseConfig } from './parse.ts';

const monitoring = (text: string) =>
  parseConfig(text, { environment: {}, overrides: NO_OVERRIDES, builtIn: [], addressed: [] }).config
    .monitoring;

it('takes the two thresholds of the gateway guide as alerts', () => {
  const guide = `
monitoring:
  enabled: true
  metricsInterval: 2000
  alertThresholds:
    error: { rate: 0.1, interval: 300000 }
    latency: { threshold: 2000, percentile: 95 }
`;
  expect(monitoring(guide)).toMatchObject({
    interval: 2_000,
    alerts: [
      { when: 'error_rate', above: 0.1, window: 300_000, at_least: 20 },
      { when: 'latency', above: 2_000, percentile: 95, window: 300_000 },
    ],
  });
});

it.each([
  ['alertThresholds: { memory: { above: 1 } }', /alerts/],
  ['alerts: [{ when: error_rate, above: 2 }]', /monitoring\.alerts\[0\]\.above \(line 2\)/],
  ['alerts: [{ when: latency, above: 2s, percentil: 90 }]', /percentil/],
  ['webhook: { url: "ftp://x" }', /an http or https address/],
])('refuses %s', (line, reason) => {
  expect(() => monitoring(`monitoring:\n  ${line}\n`)).toThrow(reason);
});
