/** Everything that must never be written down or shown, wherever it is known from. */
import type { Config } from '../../contract/config/schema.ts';
import { keysOf } from '../runtime.ts';
import type { KeyRing } from '../state/key-ring.ts';
import type { MemoryKeys } from '../state/memory-keys.ts';
import { proxyPasswords } from '../transport/proxy-password.ts';

/** The secrets in force: of providers, of the gateway itself, of proxies and clients. None is empty. */
export function secretsOf(config: Config, ring: KeyRing, memoryKeys: MemoryKeys): readonly string[] {
  const proxies = [config.network.proxy, ...config.providers.map(({ proxy }) => proxy)];
  const values = config.providers.flatMap((provider) =>
    keysOf(provider, memoryKeys.all()).flatMap(({ value }) => (value === undefined ? [] : [value])),
  );
  return [
    ...ring.secrets(),
    ...values,
    config.server.api_key,
    config.admin.password,
    ...proxies.flatMap(proxyPasswords),
    ...config.clients.map(({ key }) => key),
  ].filter((secret) => secret !== '');
}
