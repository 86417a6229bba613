/** Waiting that ends early when the client leaves or the request is stopped. */
import type { Clock } from '../core/ports.ts';
import type { Relay } from './relay.ts';
import type { Stop } from './stop.ts';
import { startWatchdog } from '../core/watchdog.ts';

export type WaitEnd = 'woken' | 'timeout' | 'interrupted';

/**
 * @param most ms
 * @param arm registers what may wake the wait; answers how to take that back
 */
export function waitFor(
  clock: Clock,
  relay: Relay,
  stop: Stop,
  most: number,
  arm: (wake: () => void) => () => void,
): Promise<WaitEnd> {
  return new Promise((resolve) => {
    const undo: (() => void)[] = [];
    const settle = (end: WaitEnd): void => {
      for (const back of undo.splice(0)) back();
      resolve(end);
    };
    const interrupt = (): void => settle('interrupted');
    if (relay.left !== 'no' || stop.stopped) return interrupt();
    undo.push(startWatchdog(clock, most, () => settle('timeout')).stop);
    undo.push(relay.onLeft(interrupt));
    undo.push(stop.onStop(interrupt));
    undo.push(arm(() => settle('woken')));
  });
}

/** What `work` comes to; `interrupted` as soon as the client leaves or the request is stopped, whatever comes then. */
export function unlessInterrupted<T>(relay: Relay, stop: Stop, work: Promise<T>): Promise<T | 'interrupted'> {
  return new Promise((resolve, reject) => {
    const interrupt = (): void => resolve('interrupted');
    if (relay.left !== 'no' || stop.stopped) interrupt();
    const undo = [relay.onLeft(interrupt), stop.onStop(interrupt)];
    work.then(resolve, reject).finally(() => {
      for (const back of undo) back();
    });
  });
}
