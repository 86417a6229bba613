/** Where the secrets of keys are: in the configuration, in the secret store, or in memory until the process ends. */
import type { KeyConfig } from '../../contract/config/provider.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import {
  SecretStoreError,
  type Clock,
  type Logger,
  type SecretProblem,
  type SecretStore,
} from '../core/ports.ts';
import { causeOf } from '../core/sayings.ts';

/** A read that the store failed is tried again on demand no sooner than this, ms. */
const READ_AGAIN = 5_000;

export interface NamedKey {
  readonly provider: string;
  readonly key: KeyConfig;
}

export interface KeyRing {
  /** Undefined while it is not known. */
  secretOf(provider: string, key: KeyConfig): string | undefined;
  /** The secret is not known, but the store may still give it: it was not asked yet, is being asked, or failed. */
  mayCome(provider: string, key: KeyConfig): boolean;
  /** Reads those not known of a provider that need not be there: the store keeps keys of some that are gone. Never rejects. */
  look(provider: string, keys: readonly KeyConfig[]): Promise<void>;
  /** Secrets of this provider are being read. */
  readonly isReading: (provider: string) => boolean;
  /**
   * Reads every secret that is not known, provider by provider. Never rejects; joins reads under way.
   * @param failed `later` leaves out what failed a moment ago or was not found, `again` leaves out nothing
   */
  load(failed: 'later' | 'again'): Promise<void>;
  /** Runs each time after the secrets of a provider were read, or could not be; answers how to stop. */
  readonly onRead: (listener: () => void) => () => void;
  /** @throws SecretStoreError */
  put(provider: string, key: string, secret: string): Promise<void>;
  /** @throws SecretStoreError; the secret is then still known and still in the store */
  drop(provider: string, key: string): Promise<void>;
  /** Every secret known, for redaction. */
  secrets(): readonly string[];
  /** Secrets cannot be read now: why; null while all is well. */
  readonly storeProblem: () => Told | null;
}

export interface KeyRingPorts {
  readonly store: SecretStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Every key there is. */
  readonly keys: () => readonly NamedKey[];
}

interface Failure {
  readonly problem: SecretProblem;
  readonly told: Told;
  /** Monotonic ms. */
  readonly at: number;
}

export function createKeyRing({ store, clock, logger, keys }: KeyRingPorts): KeyRing {
  const known = new Map<string, string>();
  const failures = new Map<string, Failure>();
  const reads = new Map<string, Promise<void>>();
  /** Loads that have still to read secrets of a provider. */
  const reading = new Map<string, number>();
  const listeners = new Set<() => void>();
  let logged: string | null = null;
  const name = (provider: string, key: string): string => `${provider}/${key}`;

  async function read(id: string): Promise<void> {
    try {
      const secret = await store.get(id);
      known.set(id, secret);
      failures.delete(id);
      logged = null;
    } catch (error) {
      const failure = failureOf(error, clock.monotonic());
      failures.set(id, failure);
      if (failure.problem === 'not-found') return;
      // Once per trouble, not once per key.
      const reason = failure.told.text;
      if (reason !== logged) logger.warn('keys cannot be read from the secret store', { key: id, reason });
      logged = reason;
    }
  }

  function readOnce(id: string): Promise<void> {
    const running = reads.get(id);
    if (running !== undefined) return running;
    const started = read(id).finally(() => reads.delete(id));
    reads.set(id, started);
    return started;
  }

  function isDue(id: string, failed: 'later' | 'again'): boolean {
    const failure = failures.get(id);
    if (known.has(id)) return false;
    if (failure === undefined || failed === 'again' || reads.has(id)) return true;
    return failure.problem !== 'not-found' && clock.monotonic() - failure.at >= READ_AGAIN;
  }

  function count(provider: string, by: number): void {
    reading.set(provider, (reading.get(provider) ?? 0) + by);
  }

  return {
    secretOf: (provider, key) => key.value ?? known.get(name(provider, key.id)),
    mayCome(provider, key) {
      const id = name(provider, key.id);
      return key.value === undefined && !known.has(id) && failures.get(id)?.problem !== 'not-found';
    },
    async look(provider, some) {
      const unknown = some.filter(({ id, value }) => value === undefined && !known.has(name(provider, id)));
      await Promise.all(unknown.map(({ id }) => readOnce(name(provider, id))));
    },
    isReading: (provider) => (reading.get(provider) ?? 0) > 0,
    async load(failed) {
      const stored = keys().filter(({ key }) => key.value === undefined);
      const ids = new Set(stored.map(({ provider, key }) => name(provider, key.id)));
      for (const id of failures.keys()) if (!ids.has(id)) failures.delete(id);
      const due = stored.filter(({ provider, key }) => isDue(name(provider, key.id), failed));
      const byProvider = Map.groupBy(due, ({ provider }) => provider);
      for (const provider of byProvider.keys()) count(provider, 1);
      for (const [provider, own] of byProvider) {
        await Promise.all(own.map(({ key }) => readOnce(name(provider, key.id))));
        count(provider, -1);
        for (const listener of [...listeners]) listener();
      }
    },
    onRead(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async put(provider, key, secret) {
      const id = name(provider, key);
      await store.set(id, secret);
      known.set(id, secret);
      failures.delete(id);
    },
    async drop(provider, key) {
      const id = name(provider, key);
      await store.delete(id);
      known.delete(id);
      failures.delete(id);
    },
    secrets: () => [...known.values()],
    storeProblem: () => [...failures.values()].find(({ problem }) => problem !== 'not-found')?.told ?? null,
  };
}

/** A store that fails in a way it should not is one that cannot be used. */
function failureOf(error: unknown, at: number): Failure {
  const problem = error instanceof SecretStoreError ? error.problem : 'unavailable';
  return { problem, told: causeOf(error), at };
}

/** `…a1b2`: enough to tell keys apart, not enough to use one. Short secrets show nothing. */
export function fingerprint(secret: string): string {
  return secret.length < 12 ? '…' : `…${secret.slice(-4)}`;
}
