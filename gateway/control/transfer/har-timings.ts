/** The phases of a request as HAR 1.2 has them, between client and gateway. Pure. */
import type { RequestRow } from '../../../contract/log/row.ts';

/** ms; -1 for what does not apply. Those that do apply add up to `time`. */
export interface HarTimings {
  readonly blocked: number;
  readonly dns: -1;
  readonly connect: number;
  readonly send: number;
  readonly wait: number;
  readonly receive: number;
  readonly ssl: -1;
}

/**
 * What went before the attempt that served counts as blocked: queue, routing, failed attempts. A moment that never
 * came, or is told out of order, makes its phase 0 long.
 */
export function harTimings(row: RequestRow): { readonly time: number; readonly timings: HarTimings } {
  const last = row.attempts.at(-1);
  let mark = 0;
  const until = (moment: number | null | undefined): number => {
    const end = Math.max(mark, moment ?? mark);
    const length = end - mark;
    mark = end;
    return rounded(length);
  };
  const blocked = until(last?.startedAt);
  const connecting = until(row.connectedAt);
  const reused = last?.reusedSocket === true || row.connectedAt === null;
  const sending = until(row.sentAt);
  const wait = until(row.firstByteAt);
  const receive = until(row.doneAt);
  const connect = reused ? -1 : connecting;
  const send = reused ? rounded(connecting + sending) : sending;
  const time = rounded(blocked + Math.max(connect, 0) + send + wait + receive);
  return { time, timings: { blocked, dns: -1, connect, send, wait, receive, ssl: -1 } };
}

/** Whole microseconds. */
const rounded = (milliseconds: number): number => Math.round(milliseconds * 1_000) / 1_000;
