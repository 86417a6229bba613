/** Scales and phases of the waterfall: what is drawn is to scale. Pure. */
import type { AttemptRecord, RequestRow } from '../../../contract/log/row.ts';

/** Round steps of an axis, ms. */
const STEPS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000,
  600_000, 1_800_000, 3_600_000, 21_600_000,
];
const MOST_TICKS = 4;

/** Ticks from zero in round steps, at most five of them. @param length ms */
export function ticksOf(length: number): readonly number[] {
  const step = STEPS.find((candidate) => length / candidate <= MOST_TICKS) ?? STEPS.at(-1) ?? 1;
  return Array.from({ length: Math.floor(Math.max(0, length) / step) + 1 }, (_, index) => index * step);
}

/** Share of the scale in percent, within 0 and 100. */
export function share(value: number, length: number): number {
  return length <= 0 ? 0 : Math.min(100, Math.max(0, (value / length) * 100));
}

/** Where the waterfall of a row ends, ms. @param elapsed of a request under way */
export function scaleOf(row: Pick<RequestRow, 'attempts' | 'doneAt'>, elapsed: number): number {
  const ends = row.attempts.flatMap(({ doneAt }) => doneAt ?? []);
  return Math.max(1, row.doneAt ?? elapsed, ...ends);
}

export type PhaseName = 'queued' | 'connect' | 'send' | 'wait' | 'think' | 'stream';

export interface Phase {
  readonly name: PhaseName;
  /** ms */
  readonly length: number;
}

/** What the time of an attempt went into; moments that never came end the list. */
export function phasesOf(attempt: AttemptRecord, queuedFor: number): readonly Phase[] {
  const moments: readonly (readonly [PhaseName, number | null])[] = [
    ['connect', attempt.connectedAt],
    ['send', attempt.sentAt],
    ['wait', attempt.firstByteAt],
    ['think', attempt.firstContentAt],
    ['stream', attempt.doneAt],
  ];
  const phases: Phase[] = [{ name: 'queued', length: queuedFor }];
  let last = attempt.startedAt;
  for (const [name, moment] of moments) {
    // A failed attempt has no content; its last moment is its end.
    if (moment === null) continue;
    phases.push({ name, length: Math.max(0, moment - last) });
    last = moment;
  }
  return phases;
}
