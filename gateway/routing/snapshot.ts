/** What routing decides over: a value, built once per configuration and never changed. */
import type { KeyStrategy } from '../../contract/config/provider.ts';
import type { AliasStrategy } from '../../contract/config/routing.ts';
import type { ComplexitySettings } from './complexity.ts';
import type { RoutingRule } from './rules.ts';

/** A place a request can go: one model of one provider, by the upstream's own name. */
export interface Target {
  readonly provider: string;
  readonly model: string;
}

/** One key as routing sees it: no secret, only what choice depends on. */
export interface RoutableKey {
  readonly id: string;
  readonly weight: number;
  /** Models it may be used for; empty: all. */
  readonly models: readonly string[];
}

export interface RoutableProvider {
  readonly id: string;
  /** Keys that are enabled and whose secret is known. A provider that needs none has one key with an empty id. */
  readonly keys: readonly RoutableKey[];
  /**
   * All its keys weigh the same and may be used for every model: found once, since to look at a hundred keys with each
   * request costs more than to choose one. Absent: they are looked at.
   */
  readonly alike?: boolean;
  /** In which order its keys are tried. */
  readonly strategy: KeyStrategy;
  /** Model ids the provider is known to have; null while its list is unknown. */
  readonly models: ReadonlySet<string> | null;
  /** Its list was not asked for yet, or only without a key where there is one now. */
  readonly unread?: boolean;
  /** `models` are some of many: any other may be asked for by the provider's name. */
  readonly partial?: boolean;
}

/** One target of an alias: a model, or another alias. */
export interface AliasTarget {
  readonly model: string;
  readonly weight: number;
  /** Complexity it is for: from the first (included) to the second (excluded, unless it is 1). */
  readonly range: readonly [from: number, to: number];
}

export interface RoutableAlias {
  readonly strategy: AliasStrategy;
  readonly targets: readonly AliasTarget[];
}

export interface RoutingSnapshot {
  /** Enabled providers in the user's order. */
  readonly providers: readonly RoutableProvider[];
  readonly aliases: ReadonlyMap<string, RoutableAlias>;
  /** The user manual's models: id as listed, and where it leads. */
  readonly named: ReadonlyMap<string, Target>;
  readonly defaultModel: string;
  readonly rules: readonly RoutingRule[];
  readonly complexity: ComplexitySettings;
}

/** True when every key may be used for every model and all weigh the same. */
export function areAlike(keys: readonly RoutableKey[]): boolean {
  return keys.every(({ weight, models }) => models.length === 0 && weight === keys[0]?.weight);
}

/** True when one of its keys may be used for `model`. */
export function usableFor({ keys }: RoutableProvider, model: string): boolean {
  return keys.some((key) => keyServes(key, model));
}

/** True when `key` may be used for `model`. */
export function keyServes(key: RoutableKey, model: string): boolean {
  return key.models.length === 0 || key.models.includes(model);
}
