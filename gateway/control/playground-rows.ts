/** How the gateway's own requests ended: their rows, handed to whoever sent them. */
import type { RequestRow } from '../../contract/log/row.ts';
import type { Clock } from '../core/ports.ts';

export interface RowWatch {
  /** A request ended; most of them have nobody who waits. */
  ended(row: RequestRow): void;
  /** Begins to wait for the row of one request. */
  follow(id: string): FollowedRow;
}

export interface FollowedRow {
  /** The row; null when none has come `within` ms, as for a request that was refused before it was routed. */
  take(within: number): Promise<RequestRow | null>;
  /** Nobody waits any more. */
  forget(): void;
}

export function createRowWatch(clock: Clock): RowWatch {
  const waiting = new Map<string, (row: RequestRow) => void>();
  return {
    ended: (row) => waiting.get(row.id)?.(row),
    follow(id) {
      const { promise, resolve } = Promise.withResolvers<RequestRow | null>();
      waiting.set(id, resolve);
      return {
        async take(within) {
          const cancel = clock.after(within, () => resolve(null));
          const row = await promise;
          cancel();
          return row;
        },
        forget: () => void waiting.delete(id),
      };
    },
  };
}
