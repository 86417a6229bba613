/** Keys of a provider that were limited just now, and what cools for it: one of them, or all that may be one account. */
import type { Clock } from '../core/ports.ts';
import type { FailureDetail, KeyUse } from '../routing/health.ts';
import { widened, type Place } from '../routing/places.ts';
import { isOver, verdictOn, withLimited, type Limited } from '../routing/suspicion.ts';

export interface LimitedTogether {
  /**
   * @param place where the limit holds by itself
   * @param held what the call was the probe of
   * @param account of the key; undefined while it is not known
   * @returns where it holds for all that is known now
   */
  where(
    use: KeyUse,
    place: Place,
    held: readonly { readonly place: Place }[],
    detail: Pick<FailureDetail, 'reset'>,
    account: string | undefined,
  ): Place;
  /** A key that answers, or a user who clears, takes the suspicion off those that were not limited. */
  trusted(provider: string): void;
}

export function createLimitedTogether(clock: Pick<Clock, 'monotonic'>): LimitedTogether {
  /** By provider and models. */
  const limited = new Map<string, readonly Limited[]>();
  return {
    where({ provider, key }, place, held, { reset }, account) {
      const wide = widened(place, account);
      // It was the probe of that account, which is limited still.
      if (held.some((cooled) => cooled.place.who === wide.who && cooled.place.which === wide.which))
        return wide;
      const name = `${provider}\n${place.which}`;
      const next = { key, at: clock.monotonic(), account, reset };
      const together = withLimited(limited.get(name) ?? [], next);
      // The newest stand last, so those that are over stand first; a provider may limit any number of models.
      limited.delete(name);
      limited.set(name, together);
      for (const [which, ones] of limited) {
        if (!isOver(ones, next.at)) break;
        limited.delete(which);
      }
      if (verdictOn(together) !== 'account') return place;
      limited.delete(name);
      return wide;
    },
    trusted(provider) {
      if (limited.size === 0) return;
      for (const which of limited.keys()) if (which.startsWith(`${provider}\n`)) limited.delete(which);
    },
  };
}
