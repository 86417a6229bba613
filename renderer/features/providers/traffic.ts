/** What a provider was asked in the last day, as the little bars of its card. Pure. */
import type { Statistics, StatisticsGroup } from '../../../contract/log/statistics.ts';

/** ms */
export const DAY = 86_400_000;
export const HOUR = 3_600_000;

/** The last 24 hours of one provider. */
export interface Traffic {
  readonly requests: number;
  readonly failed: number;
  /** Pico-dollars. */
  readonly cost: number;
  /** ms until the first content, half of all; null without a stream. */
  readonly firstContent: number | null;
  /** One for each hour, the oldest first. */
  readonly hours: readonly { readonly requests: number; readonly failed: number }[];
}

/** Beginning of the hour a day ago, so that the statistics are read from their hourly sums. @param now Unix ms */
export function dayBefore(now: number): number {
  return Math.floor((now - DAY) / HOUR) * HOUR + HOUR;
}

export function trafficByProvider({ groups }: Pick<Statistics, 'groups'>): ReadonlyMap<string, Traffic> {
  return new Map(groups.flatMap((group) => (group.name === null ? [] : [[group.name, trafficOf(group)]])));
}

function trafficOf(group: StatisticsGroup): Traffic {
  const { requests, succeeded, cost, firstContent, series } = group;
  return {
    requests,
    failed: requests - succeeded,
    cost,
    firstContent: firstContent?.p50 ?? null,
    hours: series.requests.map((count, hour) => ({ requests: count, failed: series.failed[hour] ?? 0 })),
  };
}

/** Requests in a row of which one may be bad luck. */
const ENOUGH = 3;

/** True where nothing succeeded in the latest hour that had requests: keys may be ready all the same. */
export function failsLately(traffic: Pick<Traffic, 'hours'> | undefined): boolean {
  const last = traffic?.hours.findLast(({ requests }) => requests > 0);
  return last !== undefined && last.requests >= ENOUGH && last.failed === last.requests;
}

export interface Bars {
  /** Paths of what went well and of what failed, in a box of `width` by `height`. */
  readonly fine: string;
  readonly failed: string;
}

/** Bars to the scale of the busiest hour; what failed stands on top, and is never too small to see. */
export function barsOf(hours: Traffic['hours'], width: number, height: number): Bars {
  const most = Math.max(1, ...hours.map(({ requests }) => requests));
  const step = width / Math.max(1, hours.length);
  const bar = (index: number, from: number, to: number): string =>
    `M${round(index * step)} ${round(height - to)}h${round(step * 0.7)}V${round(height - from)}h${round(-step * 0.7)}z`;
  let fine = '';
  let failed = '';
  for (const [index, hour] of hours.entries()) {
    if (hour.requests === 0) continue;
    const top = Math.max(2, (hour.requests / most) * height);
    const bad = hour.failed === 0 ? 0 : Math.max(2, (hour.failed / hour.requests) * top);
    if (top > bad) fine += bar(index, 0, top - bad);
    if (bad > 0) failed += bar(index, top - bad, top);
  }
  return { fine, failed };
}

const round = (value: number): number => Math.round(value * 100) / 100;
