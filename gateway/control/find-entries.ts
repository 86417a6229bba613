/** Providers and keys of one reading of the configuration, by their ids. */
import type { KeyConfig, ProviderConfig } from '../../contract/config/provider.ts';
import type { Config } from '../../contract/config/schema.ts';
import { refused } from '../core/refusals.ts';

type Providers = Pick<Config, 'providers'>;

/** @throws RpcError `not_found` naming the provider */
export function providerIn({ providers }: Providers, id: string): ProviderConfig {
  const found = providers.find((provider) => provider.id === id);
  if (found === undefined) throw refused('no-provider', { id });
  return found;
}

/** @throws RpcError `not_found` */
export function keyIn(config: Providers, provider: string, id: string): KeyConfig {
  const found = providerIn(config, provider).keys.find((key) => key.id === id);
  if (found === undefined) throw refused('no-key', { provider, id });
  return found;
}

/** Keys whose secret is in the store. */
export const storedKeys = ({ keys }: ProviderConfig): readonly KeyConfig[] =>
  keys.filter(({ value }) => value === undefined);
