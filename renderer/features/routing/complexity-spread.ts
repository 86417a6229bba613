/** Which share of the last requests goes where under some weights and thresholds. Pure. */
import {
  COMPLEXITY_FEATURES,
  type ComplexityConfig,
  type ComplexityLevel,
} from '../../../contract/config/routing.ts';
import type { ComplexityStrengths } from '../../../contract/rpc/procedures/complexity.ts';

/** Bars of the histogram: one for each twentieth of the score. */
const BARS = 20;

export interface Bar {
  /** Where it begins, from 0 to 1. */
  readonly from: number;
  readonly count: number;
  readonly level: ComplexityLevel;
}

export interface Spread {
  readonly bars: readonly Bar[];
  /** Of the requests, of 1. */
  readonly shares: Readonly<Record<ComplexityLevel, number>>;
}

/** As the gateway scores: what each feature leaves is left of the rest. */
export const scoreOf = (strengths: ComplexityStrengths, { weights }: ComplexityConfig): number =>
  1 - COMPLEXITY_FEATURES.reduce((rest, feature) => rest * (1 - weights[feature] * strengths[feature]), 1);

const levelOf = (score: number, { thresholds: { medium, high } }: ComplexityConfig): ComplexityLevel =>
  score < medium ? 'low' : score < high ? 'medium' : 'high';

export function spreadOf(requests: readonly ComplexityStrengths[], settings: ComplexityConfig): Spread {
  const counts = Array.from({ length: BARS }, () => 0);
  const levels: Record<ComplexityLevel, number> = { low: 0, medium: 0, high: 0 };
  for (const strengths of requests) {
    // Whoever adds up fractions may miss a threshold by the last digit; the gateway rounds too.
    const score = Math.round(scoreOf(strengths, settings) * 1_000) / 1_000;
    const place = Math.min(BARS - 1, Math.floor(score * BARS));
    counts[place] = (counts[place] ?? 0) + 1;
    levels[levelOf(score, settings)] += 1;
  }
  const share = (level: ComplexityLevel): number =>
    requests.length === 0 ? 0 : levels[level] / requests.length;
  return {
    bars: counts.map((count, index) => ({
      from: index / BARS,
      count,
      level: levelOf((index + 0.5) / BARS, settings),
    })),
    shares: { low: share('low'), medium: share('medium'), high: share('high') },
  };
}
