/** Counts the requests under way, and looks while there are any whether the thread keeps up with them. */
import type { Load } from '../core/load.ts';
import type { Clock, Logger } from '../core/ports.ts';
import { blockedFor, busyUntil, overloadOf, type LoadLimits } from '../routing/overload.ts';

/** From one look to the next, ms: a delay is seen as up to so much shorter than it was. */
const BEAT = 50;
/** The log hears of refusals this often, ms. */
const TOLD = 60_000;

export interface LoadPorts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** CPU time of this thread so far, ms; absent: what it does is not looked at. */
  readonly threadTime?: (() => number) | undefined;
  readonly limits: () => LoadLimits;
}

export function createLoad({ clock, logger, threadTime, limits }: LoadPorts): Load {
  let underWay = 0;
  let busy = -Infinity;
  let beat: { readonly due: number; readonly worked: number } | undefined;
  let refused = 0;
  let toldAt = -Infinity;

  function look(): void {
    const limit = limits().loopDelay;
    if (beat === undefined || threadTime === undefined) return;
    const now = clock.monotonic();
    const late = now - beat.due;
    // Most looks are in time, and asking for the CPU time is a call of the system.
    if (late * 2 >= limit) busy = busyUntil(busy, now, blockedFor(late, threadTime() - beat.worked), limit);
  }
  function setBeat(): void {
    if (threadTime === undefined || limits().loopDelay === 0) return;
    beat = { due: clock.monotonic() + BEAT, worked: threadTime() };
    clock.after(BEAT, () => {
      look();
      beat = undefined;
      if (underWay > 0) setBeat();
    });
  }
  function refusing(): ReturnType<Load['refusing']> {
    // What blocked the thread may be the very turn in which this request arrived.
    look();
    return overloadOf(underWay, clock.monotonic(), busy, limits());
  }
  function tell(why: string): void {
    refused += 1;
    const now = clock.monotonic();
    if (now - toldAt < TOLD) return;
    logger.warn('Too much to do: new requests are refused', { why, underWay, refused });
    toldAt = now;
    refused = 0;
  }

  return {
    refusing,
    admit() {
      const why = refusing();
      if (why !== null) {
        tell(why);
        return { kind: 'refused', why };
      }
      underWay += 1;
      if (beat === undefined) setBeat();
      let over = false;
      return {
        kind: 'admitted',
        release() {
          if (over) return;
          over = true;
          // A beat outlives its requests: short ones, one after the other, would each set their own.
          underWay -= 1;
        },
      };
    },
  };
}
