/** Settings for which this dialect has few words or none. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { Settings, Warn } from '../../core/canonical/request.ts';

export function tellUnknownSettings(settings: Settings, warn: Warn): void {
  if (settings.seed !== null) warn(remark('anthropic-seed'));
  if ((settings.presencePenalty ?? 0) !== 0) warn(remark('anthropic-presence'));
  if ((settings.frequencyPenalty ?? 0) !== 0) warn(remark('anthropic-frequency'));
  if (settings.verbosity !== null) warn(remark('anthropic-verbosity'));
  if (settings.cacheKey !== null) warn(remark('anthropic-cache-key'));
  if ((settings.candidates ?? 1) > 1) warn(remark('anthropic-candidates'));
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
  if (written === undefined) warn(remark('anthropic-tier', { tier: tier.slice(0, 40) }));
  return written ?? null;
}
