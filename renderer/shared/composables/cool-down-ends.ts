/** Cool-downs end because time passes, of which the gateway does not tell: whoever shows them looks again then. */
import type { KeyView, ProviderView } from '../../../contract/rpc/procedures/providers.ts';

/** Times left are counted on two clocks: a look that comes early would see the end of nothing. ms */
const LATE = 250;
/** Many that end one after the other are read together, ms. */
const LEAST = 1_000;
/** The longest that a timer of a browser can wait is 24 days; a look in between does no harm. ms */
const MOST = 3_600_000;

export interface CoolDownEnds {
  /** What is known of providers now, in place of what was known before. */
  readonly told: (providers: readonly Pick<ProviderView, 'keys'>[]) => void;
  readonly stop: () => void;
}

/** @param look is called when the first of what cools is over */
export function createCoolDownEnds(look: () => void): CoolDownEnds {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    told(providers) {
      clearTimeout(timer);
      const first = providers.reduce(
        (least, { keys }) => Math.min(least, ...keys.flatMap(timesLeft)),
        Infinity,
      );
      if (first !== Infinity) timer = setTimeout(look, Math.min(MOST, Math.max(LEAST, first + LATE)));
    },
    stop: () => clearTimeout(timer),
  };
}

const timesLeft = ({ coolingFor, models }: KeyView): readonly number[] =>
  [coolingFor, ...models.map((model) => model.coolingFor)].filter((left) => left > 0);
