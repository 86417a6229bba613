/** What is known of the health of keys, as the pipeline and the control plane see it. State lives in `state/`. */
import type { Cooling, CoolingPhase } from './cooldown.ts';
import type { Judgement } from './outcome.ts';

/** A key used for a model. A provider without keys has one with an empty id. */
export interface KeyUse {
  readonly provider: string;
  readonly key: string;
  readonly model: string;
}

/** What a failed attempt said, for people. Already redacted. */
export interface FailureDetail {
  readonly status: number | null;
  readonly message: string;
  /** The provider's own hint, ms; undefined without one. */
  readonly hint: number | undefined;
  /** The provider's other keys that could serve the model, for the rule of the last usable key. */
  readonly otherKeys: readonly string[];
}

export interface Health {
  phase(use: KeyUse): CoolingPhase;
  /** Time until the key may be tried for the model, ms; 0 when now. */
  left(use: KeyUse): number;
  /** The cool-down that holds longest. */
  cooling(use: KeyUse): Cooling | undefined;
  /** An attempt begins; in the half-open phase it is the one probe. */
  began(use: KeyUse): void;
  /** An attempt was answered well: everything about this use is forgiven. */
  succeeded(use: KeyUse): void;
  /** An attempt failed. @returns how long what was at fault cools, ms; null when nothing does */
  failed(use: KeyUse, judgement: Judgement, detail: FailureDetail): number | null;
  /** An attempt ended without saying anything about the key: the client left. */
  released(use: KeyUse): void;
}

/** One key's state for display. Times are Unix ms. */
export interface KeyHealthView {
  readonly phase: CoolingPhase;
  readonly cooling: Cooling | undefined;
  readonly left: number;
  readonly consecutiveFailures: number;
  readonly lastUsedAt: number | null;
  readonly lastFailedAt: number | null;
  readonly inFlight: number;
  /** Models that this key alone cannot serve now. */
  readonly models: readonly { readonly model: string; readonly reason: string; readonly left: number }[];
}
