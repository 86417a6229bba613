/** Waiting with an end. */
import type { Clock } from '../core/ports.ts';

/** Resolves when the work is done or the time is over, whichever is first. @param limit ms */
export async function within(limit: number, work: Promise<void>, clock: Clock): Promise<void> {
  let cancel = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    cancel = clock.after(limit, resolve);
  });
  try {
    await Promise.race([work, over]);
  } finally {
    cancel();
  }
}
