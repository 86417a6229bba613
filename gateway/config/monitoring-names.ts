/** The gateway guide's `monitoring` (REQUIREMENTS 4.6): times in milliseconds, two thresholds with names. */

/** @param members under our names, `alerts` perhaps still with the guide's thresholds */
export function monitoringFromGuide(
  members: ReadonlyMap<string, unknown>,
): Readonly<Record<string, unknown>> {
  const ours = new Map(members);
  const interval = members.get('interval');
  if (interval !== undefined) ours.set('interval', milliseconds(interval));
  const alerts = members.get('alerts');
  if (isMapping(alerts)) ours.set('alerts', Object.entries(alerts).map(thresholdOf));
  return Object.fromEntries(ours);
}

/** What is none of the guide's two stays as it is, to be refused by its name. */
function thresholdOf([name, settings]: readonly [string, unknown]): unknown {
  const { rate, interval, threshold, percentile, ...others } = isMapping(settings) ? settings : {};
  const window = interval === undefined ? {} : { window: milliseconds(interval) };
  if (name === 'error') return { when: 'error_rate', above: rate, ...window, ...others };
  if (name !== 'latency') return { when: name };
  return {
    when: 'latency',
    above: milliseconds(threshold),
    ...(percentile === undefined ? {} : { percentile }),
    ...window,
    ...others,
  };
}

const milliseconds = (value: unknown): unknown => (typeof value === 'number' ? `${value}ms` : value);

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
