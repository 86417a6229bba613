/** Brings the stream of events back at once when the user comes back to the page, or the machine out of its sleep. */
import type { EventFeed } from '../shared/rpc/event-feed.ts';

/** From one look at the clock to the next, ms. */
const BEAT = 15_000;
/** So much later than it should be, the machine slept, ms: browsers let pages in the background look once a minute. */
const SLEPT = 120_000;

/** What a browser offers for it. */
export interface Surroundings {
  /** Unix ms. */
  readonly now: () => number;
  readonly every: (milliseconds: number, act: () => void) => void;
  /** The page is looked at again, or the network is back. */
  readonly onReturn: (act: () => void) => void;
}

export function watchReturn(
  feed: Pick<EventFeed, 'hurry' | 'renew'>,
  { now, every, onReturn }: Surroundings,
): void {
  let before = now();
  const look = (): void => {
    const at = now();
    const slept = at - before > BEAT + SLEPT;
    before = at;
    if (slept) feed.renew();
  };
  every(BEAT, look);
  onReturn(() => {
    look();
    feed.hurry();
  });
}

export const browserSurroundings: Surroundings = {
  now: Date.now,
  every: (milliseconds, act) => void setInterval(act, milliseconds),
  onReturn(act) {
    window.addEventListener('online', act);
    window.addEventListener('focus', act);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') act();
    });
  },
};
