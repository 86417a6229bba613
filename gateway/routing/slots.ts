/** Room for requests under way at once, per provider and per key. State lives in `state/`. */

export interface SlotLimits {
  /** 0: no limit. */
  readonly provider: number;
  /** 0: no limit. */
  readonly key: number;
}

export interface Slots {
  /** Takes a place in both, or in neither. @returns what gives it back, or undefined when one is full */
  take(provider: string, key: string, limits: SlotLimits): (() => void) | undefined;
  /** Calls back once when a place of the provider was given back; the returned function cancels. */
  onFree(provider: string, freed: () => void): () => void;
}
