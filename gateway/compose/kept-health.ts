/** Health of keys with the file that keeps it over restarts, and what is known of their accounts and limits. */
import { join } from 'node:path';
import type { Config } from '../../contract/config/schema.ts';
import type { Clock, Logger, Random } from '../core/ports.ts';
import { keyWho } from '../routing/places.ts';
import { createHealthFile, type FiledCooling, type KeptHealth } from '../state/health-file.ts';
import { createHealth, type HealthState } from '../state/health.ts';
import { createKeyFacts, type KeyFactsState } from '../state/key-facts.ts';

export interface KeptHealthPorts {
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly config: () => Config;
  /** `…a1b2`; undefined while the secret is not known. */
  readonly fingerprintOf: (provider: string, key: string) => string | undefined;
  readonly changed: () => void;
}

export interface HealthParts {
  readonly health: HealthState;
  readonly facts: KeyFactsState;
  /** Keys may have been replaced: what another secret cooled for does not hold any more. */
  forgetReplaced(): void;
  close(): Promise<void>;
}

/** What the user says of accounts, found once for each configuration. */
function createDeclared(config: () => Config): (provider: string, key: string) => string | undefined {
  let read: Config | undefined;
  let accounts: ReadonlyMap<string, string> = new Map();
  return (provider, key) => {
    const now = config();
    if (now !== read) {
      read = now;
      accounts = new Map(
        now.providers.flatMap(({ id, keys }) =>
          keys.flatMap((own) =>
            own.account === undefined ? [] : [[`${id}/${own.id}`, own.account] as const],
          ),
        ),
      );
    }
    return accounts.get(`${provider}/${key}`);
  };
}

export async function createKeptHealth(ports: KeptHealthPorts): Promise<HealthParts> {
  const { clock, random, logger, config, fingerprintOf } = ports;
  const file = createHealthFile({ file: join(ports.dataFolder, 'health.json'), clock, logger });
  const kept = await file.read();
  const keyOf = (who: string): string | null =>
    who.startsWith(keyWho('')) ? who.slice(keyWho('').length) : null;
  const replaced = ({ provider, place, fingerprint }: FiledCooling): boolean => {
    const key = keyOf(place.who);
    const now = key === null ? undefined : fingerprintOf(provider, key);
    return now !== undefined && fingerprint !== null && now !== fingerprint;
  };

  /** Fingerprints of the keys that cool, as they were when they began to. */
  const marks = new Map<string, string>();
  const markOf = (provider: string, key: string): string | null => {
    const name = `${provider}/${key}`;
    const now = fingerprintOf(provider, key);
    if (!marks.has(name) && now !== undefined) marks.set(name, now);
    return marks.get(name) ?? null;
  };
  const toKeep = (): KeptHealth => {
    const coolings = health.kept().map((cooling) => {
      const key = keyOf(cooling.place.who);
      return { ...cooling, fingerprint: key === null ? null : markOf(cooling.provider, key) };
    });
    return { coolings, accounts: facts.accounts() };
  };
  const changed = (): void => {
    ports.changed();
    file.changed(toKeep);
  };

  const facts = createKeyFacts({
    clock,
    declared: createDeclared(config),
    changed,
    kept: kept.accounts,
  });
  const health = createHealth({
    clock,
    random,
    settings: () => {
      const { cooldown, max_consecutive_failures: maxConsecutiveFailures } = config().routing;
      return { ...cooldown, maxConsecutiveFailures };
    },
    accountOf: facts.accountOf,
    changed,
    kept: kept.coolings.filter((cooling) => !replaced(cooling)),
  });
  for (const { provider, place, fingerprint } of kept.coolings) {
    const key = keyOf(place.who);
    if (key !== null && fingerprint !== null) marks.set(`${provider}/${key}`, fingerprint);
  }

  return {
    health,
    facts,
    forgetReplaced() {
      for (const [name, before] of marks) {
        const slash = name.indexOf('/');
        const provider = name.slice(0, slash);
        const key = name.slice(slash + 1);
        const now = fingerprintOf(provider, key);
        if (now === undefined || now === before) continue;
        marks.delete(name);
        health.replaced(provider, key);
      }
    },
    close: () => file.close(),
  };
}
