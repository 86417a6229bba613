/** Counts calls in a row that reached nobody, per provider, and lets it rest after several. */
import type { Random } from '../core/ports.ts';
import { coolingLeft, coolingPhase, cooldownLength, type CooldownSettings } from '../routing/cooldown.ts';
import type { FailureDetail } from '../routing/health.ts';
import { isUnreached, restTimes, WHOLE_PROVIDER } from '../routing/unreached.ts';
import type { CooledPlaces } from './cooled-places.ts';

export interface Unreached {
  /** @returns how long the provider rests from now, ms; null while it does not */
  failed(
    provider: string,
    reason: string,
    detail: Pick<FailureDetail, 'message' | 'told' | 'status'>,
  ): number | null;
  /** Somebody answered. @returns true when a rest ended with that */
  reached(provider: string): boolean;
  /** Counts from the beginning again. @param provider undefined: all */
  forget(provider?: string): void;
}

export function createUnreached(
  places: CooledPlaces,
  random: Random,
  settings: () => CooldownSettings & { readonly maxConsecutiveFailures: number },
): Unreached {
  const counts = new Map<string, number>();
  return {
    failed(provider, reason, { message, told, status }) {
      const count = (counts.get(provider) ?? 0) + 1;
      counts.set(provider, count);
      if (count < settings().maxConsecutiveFailures) return null;
      const since = places.now();
      const before = places.at(provider, WHOLE_PROVIDER);
      // Calls that began before the rest did, and those that had nowhere else to go, make it no longer.
      if (before !== undefined && coolingPhase(before.cooling, since) === 'cooling') {
        return Math.round(coolingLeft(before.cooling, since));
      }
      const failures = before !== undefined && isUnreached(before) ? before.failures + 1 : 1;
      const length = cooldownLength(failures, undefined, 0, restTimes(settings()), random);
      places.put(provider, {
        place: WHOLE_PROVIDER,
        cooling: { reason, message, told, status, scope: 'provider', since, length, probing: false },
        failures,
      });
      return length;
    },
    reached(provider) {
      // Mostly nobody is counted, and every answer asks.
      if (counts.size === 0 || !counts.delete(provider)) return false;
      const cooled = places.at(provider, WHOLE_PROVIDER);
      return cooled !== undefined && isUnreached(cooled) && places.end(provider, cooled);
    },
    forget(provider) {
      if (provider === undefined) counts.clear();
      else counts.delete(provider);
    },
  };
}
