/** What the pipeline needs of the configuration, built once per change and never changed afterwards. */
import type { BodyPolicy } from '../../contract/config/schema.ts';
import type { RuntimeProvider } from '../core/runtime-provider.ts';
import type { Pattern } from '../routing/pattern.ts';
import type { RoutingSnapshot } from '../routing/snapshot.ts';
import type { Caching } from './caching.ts';
import type { Guards } from './guarding.ts';

export interface RuntimeSnapshot {
  readonly routing: RoutingSnapshot;
  /** Routing as it would be if the secret store gave every key; null while it has given all there are. */
  readonly hoped: RoutingSnapshot | null;
  readonly providers: ReadonlyMap<string, RuntimeProvider>;
  /** Names that a client may ask for; one that may ask for all is not in it. */
  readonly clientModels: ReadonlyMap<string, readonly Pattern[]>;
  /** Extra attempts within one target after the first. */
  readonly retries: number;
  /** Upper bound over all attempts of one request, ms. */
  readonly deadline: number;
  readonly bodies: BodyPolicy;
  /** What no request may hold; null where nothing is guarded. */
  /** Ids of providers that are switched off. */
  readonly off: readonly string[];
  /** Why a provider has no key at all that could be used; none of those that have one. */
  readonly idle: ReadonlyMap<string, 'none' | 'disabled' | 'no-secret'>;
  readonly guards: Guards | null;
  /** How answers are kept; null where none are. */
  readonly cache: Caching | null;
}
