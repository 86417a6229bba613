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
  /** Of the requests, in whole percent: 100 together. */
  readonly shares: Readonly<Record<ComplexityLevel, number>>;
}

/** As the gateway scores: what each feature leaves is left of the rest. */
export const scoreOf = (strengths: ComplexityStrengths, { weights }: ComplexityConfig): number =>
  1 - COMPLEXITY_FEATURES.reduce((rest, feature) => rest * (1 - weights[feature] * strengths[feature]), 1);

const levelOf = (score: number, { thresholds: { medium, high } }: ComplexityConfig): ComplexityLevel =>
  score < medium ? 'low' : score < high ? 'medium' : 'high';

/** Each rounded by itself could add up to 99 or 101: who lost most by rounding down gets what is missing. */
function wholePercents(counts: Readonly<Record<ComplexityLevel, number>>): Record<ComplexityLevel, number> {
  const all = counts.low + counts.medium + counts.high;
  const shares = { low: 0, medium: 0, high: 0 };
  if (all === 0) return shares;
  const levels = ['low', 'medium', 'high'] as const;
  for (const level of levels) shares[level] = Math.floor((counts[level] * 100) / all);
  const lost = (level: ComplexityLevel): number => (counts[level] * 100) % all;
  const missing = 100 - shares.low - shares.medium - shares.high;
  for (const level of levels.toSorted((a, b) => lost(b) - lost(a)).slice(0, missing)) shares[level] += 1;
  return shares;
}

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
  return {
    bars: counts.map((count, index) => ({
      from: index / BARS,
      count,
      level: levelOf((index + 0.5) / BARS, settings),
    })),
    shares: wholePercents(levels),
  };
}
