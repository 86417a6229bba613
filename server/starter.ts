/**
 * Whoever started this process through npm stops npm: that ends and takes its shell with it, and hands the signal on to
 * nobody. What is left here is a process without a parent of its own.
 */
import type { Clock } from '../gateway/index.ts';

/** How often it is looked, ms. */
const ROUND = 500;

/**
 * @param ports.parent id of the process that is the parent now; it stays the same on Windows
 * @param ports.gone called once, when that is another one than before
 * @returns ends the watch
 */
export function watchStarter(ports: {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Pick<Clock, 'after'>;
  readonly parent: () => number;
  readonly gone: () => void;
}): () => void {
  const { environment, clock, parent, gone } = ports;
  if ((environment['npm_lifecycle_event'] ?? '') === '') return () => undefined;
  const first = parent();
  let cancel = (): void => undefined;
  const look = (): void => {
    if (parent() === first) cancel = clock.after(ROUND, look);
    else gone();
  };
  look();
  return () => cancel();
}
