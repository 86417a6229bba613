/** A window that stays closed for a while is given up, so that its page takes no memory; it opens anew where it was. */
import type { Clock } from '../../../gateway/index.ts';

/** Hidden for this long, ms: whoever only clears the desk comes back sooner. */
export const REST_AFTER = 10 * 60_000;

export interface Rest {
  /** The window was hidden. */
  begin(): void;
  /** It is shown, or gone. */
  end(): void;
}

/**
 * @param ports.wanted the user's choice, read when the time is over
 * @param ports.mayGo false while the page does something, or holds what was typed and not sent: then it is asked again
 * @param ports.giveUp destroys the window
 */
export function createRest(ports: {
  readonly clock: Pick<Clock, 'after'>;
  readonly wanted: () => boolean;
  readonly mayGo: () => boolean;
  readonly giveUp: () => void;
}): Rest {
  let cancel: () => void = () => undefined;
  const begin = (): void => {
    cancel();
    cancel = ports.clock.after(REST_AFTER, () => {
      if (ports.wanted() && ports.mayGo()) ports.giveUp();
      else begin();
    });
  };
  return { begin, end: () => cancel() };
}
