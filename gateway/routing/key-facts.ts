/** What answers told of keys besides their health: whose they are, and what is left of their limits. */
import type { KeyQuota } from '../../contract/rpc/procedures/providers.ts';
import type { UpstreamError } from '../core/upstream-error.ts';

export interface KeyFacts {
  /** An answer came, whatever it said. */
  saw(provider: string, key: string, headers: Readonly<Record<string, string>>, error?: UpstreamError): void;
  /** Undefined while it is not known. */
  readonly accountOf: (provider: string, key: string) => string | undefined;
  /** The latest figures; empty where the provider tells none. */
  quotaOf(provider: string, key: string): readonly KeyQuota[];
}
