/** Where the secrets of keys are: in the configuration, in the secret store, or in memory until the process ends. */
import type { KeyConfig } from '../../contract/config/provider.ts';
import { SecretStoreError, type Logger, type SecretProblem, type SecretStore } from '../core/ports.ts';

/** A key added over the control plane while no store can keep it. */
export interface MemoryKey {
  readonly provider: string;
  readonly key: KeyConfig;
}

export interface KeyRing {
  /** Name of a key in the store: `<provider>/<key id>`. */
  secretOf(provider: string, key: KeyConfig): string | undefined;
  /** Why the secret of a key is not there, null when it is. */
  problemOf(provider: string, key: KeyConfig): SecretProblem | null;
  /** Reads every secret that is not known yet; never rejects. */
  load(keys: Iterable<{ readonly provider: string; readonly key: KeyConfig }>): Promise<void>;
  /** @throws SecretStoreError */
  put(provider: string, key: string, secret: string): Promise<void>;
  /** @throws SecretStoreError */
  drop(provider: string, key: string): Promise<void>;
  /** Every secret known, for redaction. */
  secrets(): readonly string[];
  /** The store cannot be read now: the sentence for the user; null while all is well. */
  storeProblem(): string | null;
}

export function createKeyRing(store: SecretStore, logger: Logger): KeyRing {
  const known = new Map<string, string>();
  const problems = new Map<string, SecretProblem>();
  let storeProblem: string | null = null;
  const name = (provider: string, key: string): string => `${provider}/${key}`;

  async function read(id: string): Promise<void> {
    try {
      known.set(id, await store.get(id));
      problems.delete(id);
      storeProblem = null;
    } catch (error) {
      if (!(error instanceof SecretStoreError)) throw error;
      problems.set(id, error.problem);
      if (error.problem !== 'not-found') {
        storeProblem = error.message;
        logger.warn('a key could not be read from the secret store', { key: id, reason: error.message });
      }
    }
  }

  return {
    secretOf: (provider, key) => key.value ?? known.get(name(provider, key.id)),
    problemOf: (provider, key) =>
      key.value === undefined ? (problems.get(name(provider, key.id)) ?? null) : null,
    async load(keys) {
      for (const { provider, key } of keys) {
        const id = name(provider, key.id);
        if (key.value === undefined && !known.has(id)) await read(id);
      }
    },
    async put(provider, key, secret) {
      await store.set(name(provider, key), secret);
      known.set(name(provider, key), secret);
      problems.delete(name(provider, key));
    },
    async drop(provider, key) {
      await store.delete(name(provider, key));
      known.delete(name(provider, key));
      problems.delete(name(provider, key));
    },
    secrets: () => [...known.values()],
    storeProblem: () => storeProblem,
  };
}

/** `…a1b2`: enough to tell keys apart, not enough to use one. Short secrets show nothing. */
export function fingerprint(secret: string): string {
  return secret.length < 12 ? '…' : `…${secret.slice(-4)}`;
}
