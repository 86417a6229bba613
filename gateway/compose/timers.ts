/** Waiting and repeating by the engine's clock. */
import type { Clock } from '../core/ports.ts';

/** @param span ms */
export function wait(clock: Clock, span: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(span, resolve);
  });
}

/**
 * Runs `task` again and again.
 * @param span ms between two runs
 * @returns ends it
 */
export function every(clock: Clock, span: number, task: () => void): () => void {
  let cancel = clock.after(span, beat);
  function beat(): void {
    task();
    cancel = clock.after(span, beat);
  }
  return () => cancel();
}
