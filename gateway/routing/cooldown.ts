/** How long something cools. Pure. */
import type { Random } from '../core/ports.ts';

export interface CooldownSettings {
  /** ms */
  readonly base: number;
  /** ms */
  readonly ceiling: number;
}

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
  if (hint !== undefined) return Math.ceil(hint);
  const ladder = settings.base * 2 ** Math.min(failures - 1, 30);
  const jittered = ladder * (1 - JITTER + 2 * JITTER * random());
  return Math.round(Math.max(atLeast, Math.min(jittered, settings.ceiling)));
}

/** Where a cool-down stands. */
export type CoolingPhase = 'none' | 'cooling' | 'half-open' | 'probing';

export interface Cooling {
  readonly reason: string;
  readonly message: string;
  readonly status: number | null;
  /** Monotonic ms at which it began. */
  readonly since: number;
  /** ms */
  readonly length: number;
  /** One request is finding out whether it is over. */
  readonly probing: boolean;
}

/** After the time is over exactly one request may try; until it is back, others go elsewhere. */
export function coolingPhase(cooling: Cooling | undefined, now: number): CoolingPhase {
  if (cooling === undefined) return 'none';
  if (now - cooling.since < cooling.length) return 'cooling';
  return cooling.probing ? 'probing' : 'half-open';
}

/** @returns ms until it may be tried again; 0 when it may be now */
export function coolingLeft(cooling: Cooling | undefined, now: number): number {
  return cooling === undefined ? 0 : Math.max(0, cooling.length - (now - cooling.since));
}
