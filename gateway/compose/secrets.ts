/** Everything that must never be written down or shown, wherever it is known from. */
import type { Config } from '../../contract/config/schema.ts';
import { isCredential } from '../backup/credential-forms.ts';
import { isSecretHeader } from '../backup/hide-secrets.ts';
import { keysOf } from '../runtime.ts';
import { fingerprint, type KeyRing } from '../state/key-ring.ts';
import type { MemoryKeys } from '../state/memory-keys.ts';
import { proxyPasswords } from '../transport/proxy-password.ts';

/** Shorter values of headers are versions and kinds, which other texts hold too. */
const SHORTEST_HEADER = 8;

/** The secrets in force: of providers, of the gateway itself, of proxies and clients. None is empty. */
export function secretsOf(
  config: Config,
  ring: Pick<KeyRing, 'secrets'>,
  memoryKeys: MemoryKeys,
): readonly string[] {
  const proxies = [config.network.proxy, ...config.providers.map(({ proxy }) => proxy)];
  const values = config.providers.flatMap((provider) =>
    keysOf(provider, memoryKeys.all()).flatMap(({ value }) => (value === undefined ? [] : [value])),
  );
  return [
    ...ring.secrets(),
    ...values,
    config.server.api_key,
    config.admin.password,
    config.monitoring.webhook.token,
    ...config.providers.flatMap(({ headers }) => headerSecrets(headers)),
    ...proxies.flatMap(proxyPasswords),
    ...config.clients.map(({ key }) => key),
  ].filter((secret) => secret !== '');
}

/** Credentials that a provider is sent beside its key: as they are written, and without their scheme. */
function headerSecrets(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(headers)
    .filter(([name, value]) => isCredential(value) || isSecretHeader(name))
    .flatMap(([, value]) => [value, value.replace(/^[A-Za-z]+\s+/, '')])
    .filter(({ length }) => length >= SHORTEST_HEADER);
}

/** `…a1b2` of one key; undefined while its secret is not known. */
export function fingerprintOf(
  config: Config,
  ring: KeyRing,
  memoryKeys: MemoryKeys,
  provider: string,
  id: string,
): string | undefined {
  const owner = config.providers.find((candidate) => candidate.id === provider);
  const key = owner && keysOf(owner, memoryKeys.all()).find((candidate) => candidate.id === id);
  const secret = key && ring.secretOf(provider, key);
  return secret === undefined ? undefined : fingerprint(secret);
}
