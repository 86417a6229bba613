/** Cool-downs end because time passes, of which the gateway does not tell: whoever shows them looks again then. */
import type { ProviderView } from '../../../contract/rpc/procedures/providers.ts';

/** Times left are counted on two clocks: a look that comes early would see the end of nothing. ms */
const LATE = 250;
/** Many that end one after the other are read together, ms. */
const LEAST = 1_000;
/** The longest that a timer of a browser can wait is 24 days; a look in between does no harm. ms */
const MOST = 3_600_000;

export interface CoolDownEnds {
  /** What is left of each cool-down now, ms, in place of what was known before; 0 of what does not cool. */
  readonly told: (left: readonly number[]) => void;
  readonly stop: () => void;
}

/** @param look is called when the first of what cools is over */
export function createCoolDownEnds(look: () => void): CoolDownEnds {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    told(left) {
      clearTimeout(timer);
      const first = left.reduce((least, one) => (one > 0 && one < least ? one : least), Infinity);
      if (first !== Infinity) timer = setTimeout(look, Math.min(MOST, Math.max(LEAST, first + LATE)));
    },
    stop: () => clearTimeout(timer),
  };
}

/** Of keys, and of single models that a key cannot use. */
export const coolingTimes = (providers: readonly Pick<ProviderView, 'keys'>[]): readonly number[] =>
  providers.flatMap(({ keys }) =>
    keys.flatMap(({ coolingFor, models }) => [coolingFor, ...models.map((model) => model.coolingFor)]),
  );
