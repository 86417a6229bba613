/** Settings for which this dialect has few words or none. */
import type { Settings, Warn } from '../../core/canonical/request.ts';

export function tellUnknownSettings(settings: Settings, warn: Warn): void {
  const unknown: Readonly<Record<string, boolean>> = {
    seed: settings.seed !== null,
    'presence penalty': settings.presencePenalty !== null && settings.presencePenalty !== 0,
    'frequency penalty': settings.frequencyPenalty !== null && settings.frequencyPenalty !== 0,
    verbosity: settings.verbosity !== null,
    'cache key': settings.cacheKey !== null,
    'number of answers': settings.candidates !== null && settings.candidates > 1,
  };
  for (const [name, given] of Object.entries(unknown)) {
    if (given) warn(`Anthropic knows no ${name}, so it was left out.`);
  }
}

/** `auto` may use priority capacity, `standard_only` never does. */
const TIERS: Readonly<Record<string, string>> = {
  auto: 'auto',
  default: 'standard_only',
  standard: 'standard_only',
  standard_only: 'standard_only',
};

export function writeTier(tier: string | null, warn: Warn): string | null {
  if (tier === null) return null;
  const written = TIERS[tier];
  if (written === undefined)
    warn(`Anthropic knows no service tier "${tier.slice(0, 40)}", so it was left out.`);
  return written ?? null;
}
