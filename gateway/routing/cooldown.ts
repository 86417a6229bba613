/** How long something cools, and where that stands. Pure. */
import type { Random } from '../core/ports.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { Scope } from '../../contract/log/row.ts';

export interface CooldownSettings {
  /** ms */
  readonly base: number;
  /** ms */
  readonly ceiling: number;
}

/** A hint is believed whatever it says, but one that proved too short not below this, ms. */
const SHORTEST_AGAIN = 1_000;

/** Jitter keeps many keys from coming back in the same instant. */
const JITTER = 0.2;

/**
 * The provider's own hint wins; else base x 2^(failures - 1) with jitter, up to the ceiling.
 * @param failures in a row, this one included
 * @param hint ms, already bounded
 * @param atLeast ms; holds against the ladder, not against the hint
 */
export function cooldownLength(
  failures: number,
  hint: number | undefined,
  atLeast: number,
  settings: CooldownSettings,
  random: Random,
): number {
  if (hint !== undefined) return Math.ceil(failures > 1 ? Math.max(hint, SHORTEST_AGAIN) : hint);
  const ladder = settings.base * 2 ** Math.min(failures - 1, 30);
  const jittered = ladder * (1 - JITTER + 2 * JITTER * random());
  return Math.round(Math.max(atLeast, Math.min(jittered, settings.ceiling)));
}

/** One instant on both clocks, ms. */
export interface Moment {
  readonly monotonic: number;
  readonly wall: number;
}

/** Where a cool-down stands. */
export type CoolingPhase = 'none' | 'cooling' | 'half-open' | 'probing';

/** From the mildest to the one that forbids most. */
export const PHASE_RANK: Readonly<Record<CoolingPhase, number>> = {
  none: 0,
  'half-open': 1,
  probing: 2,
  cooling: 3,
};

export interface Cooling {
  readonly reason: string;
  /** An upstream's own words, or ours in English. */
  readonly message: string;
  /** Ours as data; absent where the message is a quotation. */
  readonly told?: Told | undefined;
  readonly status: number | null;
  /** What cools: the key, its account, the model or the whole provider. */
  readonly scope: Scope;
  readonly since: Moment;
  /** ms */
  readonly length: number;
  /** One request is finding out whether it is over. */
  readonly probing: boolean;
}

/** Clocks that differ by more than this since a cool-down began: the machine slept, or its clock was set, ms. */
const DRIFT = 5_000;

/**
 * Time since the cool-down began, ms. The monotonic clock decides, but stands still while a machine sleeps; the wall
 * clock decides after a sleep and can be set. Neither makes it less than the monotonic clock has seen.
 */
function passed({ since }: Cooling, now: Moment): number {
  const monotonic = now.monotonic - since.monotonic;
  const wall = now.wall - since.wall;
  return Math.abs(wall - monotonic) > DRIFT ? Math.max(monotonic, wall) : monotonic;
}

/** After the time is over exactly one request may try; until it is back, others go elsewhere. */
export function coolingPhase(cooling: Cooling | undefined, now: Moment): CoolingPhase {
  if (cooling === undefined) return 'none';
  if (passed(cooling, now) < cooling.length) return 'cooling';
  return cooling.probing ? 'probing' : 'half-open';
}

/** @returns ms until it may be tried again; 0 when it may be now */
export function coolingLeft(cooling: Cooling | undefined, now: Moment): number {
  return cooling === undefined ? 0 : Math.max(0, cooling.length - passed(cooling, now));
}

/** A cool-down of an earlier process: what is left of it goes by the wall clock, and is never longer than it was. */
export function afterRestart(cooling: Cooling, now: Moment): Cooling {
  const gone = Math.min(cooling.length, Math.max(0, now.wall - cooling.since.wall));
  const since = { monotonic: now.monotonic - gone, wall: now.wall - gone };
  return { ...cooling, since, probing: false };
}
