/** What is known of the health of keys, as the pipeline and the control plane see it. State lives in `state/`. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { Scope } from '../../contract/log/row.ts';
import type { Cooling, CoolingPhase } from './cooldown.ts';
import type { Judgement } from './outcome.ts';
import type { Place } from './places.ts';

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
  /** The same as data; absent where the message is a quotation. */
  readonly told?: Told | undefined;
  /** The provider's own hint, ms; undefined without one. */
  readonly hint: number | undefined;
  /** When a limit ends in the provider's own words, to compare with that of other keys; undefined without them. */
  readonly reset?: string | undefined;
  /** The provider's other keys that could serve the model, for the rule of the last usable key. */
  readonly otherKeys: readonly string[];
}

/** One attempt under way. Exactly one of its three ends is told. */
export interface Trial {
  readonly key: {
    /** The key it is made with has given its name to another one: what its answer tells is of no key that is left. */
    readonly replaced: boolean;
  };
  /** Its content comes: what it was the probe of is over, however long the rest takes and however it ends. */
  readonly answers: () => void;
  /** It was answered well: what it was the probe of is over. */
  succeeded(): void;
  /** It failed. @returns how long what was at fault cools, ms; null when nothing does */
  failed(judgement: Judgement, detail: FailureDetail): number | null;
  /** It ended without saying more about the key than its content did, if that came: the client left. */
  released(): void;
}

export interface Health {
  phase(use: KeyUse): CoolingPhase;
  /** Time until the key may be tried for the model, ms; 0 when now. */
  left(use: KeyUse): number;
  /** The cool-down that holds longest. */
  cooling(use: KeyUse): Cooling | undefined;
  /**
   * Nothing keeps the key but that its provider could not be reached, or that it is the last one of a provider that
   * fails: it may be tried where nothing else is left.
   */
  mayAsLastResort(use: KeyUse): boolean;
  /** An attempt begins; in the half-open phase it is the one probe. */
  began(use: KeyUse): Trial;
}

/** A cool-down as it is kept over restarts. */
export interface KeptCooling {
  readonly provider: string;
  readonly place: Place;
  readonly cooling: Cooling;
  /** In a row, for the next one's length. */
  readonly failures: number;
}

/** A cool-down of some models, for display. */
export interface ModelCooling {
  readonly model: string;
  readonly reason: string;
  readonly scope: Scope;
  /** ms */
  readonly left: number;
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
  readonly models: readonly ModelCooling[];
}
