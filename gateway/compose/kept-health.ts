/** Health of keys with the file that keeps it over restarts, and what is known of their accounts and limits. */
import { join } from 'node:path';
import type { Config } from '../../contract/config/schema.ts';
import type { Clock, Logger, Random } from '../core/ports.ts';
import { keyWho } from '../routing/places.ts';
import { createHealthFile, type KeptHealth } from '../state/health-file.ts';
import { createHealth, type HealthState } from '../state/health.ts';
import { createKeyFacts, type KeyFactsState } from '../state/key-facts.ts';
import type { MemoryKeys } from '../state/memory-keys.ts';
import { createKeyMarks } from './key-marks.ts';

export interface KeptHealthPorts {
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly config: () => Config;
  /** `…a1b2`; undefined while the secret is not known. */
  readonly fingerprintOf: (provider: string, key: string) => string | undefined;
  /** Keys that stand in no configuration may have an account too. */
  readonly memoryKeys: Pick<MemoryKeys, 'find'>;
  readonly changed: () => void;
}

export interface HealthParts {
  readonly health: HealthState;
  readonly facts: KeyFactsState;
  /** Keys may be new or replaced: what another secret cooled for, or whose it was, does not hold for them. */
  forgetReplaced(): void;
  close(): Promise<void>;
}

/** What the user says of accounts, found once for each configuration. */
function createDeclared({
  config,
  memoryKeys,
}: Pick<KeptHealthPorts, 'config' | 'memoryKeys'>): (provider: string, key: string) => string | undefined {
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
    return accounts.get(`${provider}/${key}`) ?? memoryKeys.find(provider, key)?.account;
  };
}

export async function createKeptHealth(ports: KeptHealthPorts): Promise<HealthParts> {
  const { clock, random, logger, config, fingerprintOf } = ports;
  const file = createHealthFile({ file: join(ports.dataFolder, 'health.json'), clock, logger });
  const kept = await file.read();
  const keyOf = (who: string): string | null =>
    who.startsWith(keyWho('')) ? who.slice(keyWho('').length) : null;
  const marks = createKeyMarks(fingerprintOf, () =>
    config().providers.flatMap(({ id, keys }) => keys.map((key) => [id, key.id] as const)),
  );
  for (const { provider, place, fingerprint } of kept.coolings) {
    const key = keyOf(place.who);
    if (key !== null) marks.had(provider, key, fingerprint);
  }
  for (const [provider, key, , fingerprint] of kept.accounts) marks.had(provider, key, fingerprint ?? null);
  const wasReplaced = marks.changed().replaced;
  const same = (provider: string, key: string | null): boolean =>
    !wasReplaced.some(([owner, id]) => owner === provider && id === key);

  const toKeep = (): KeptHealth => {
    const coolings = health.kept().map((cooling) => {
      const key = keyOf(cooling.place.who);
      return { ...cooling, fingerprint: key === null ? null : marks.of(cooling.provider, key) };
    });
    const accounts = facts.accounts().map((known) => [...known, marks.of(known[0], known[1])] as const);
    return { coolings, accounts };
  };
  const changed = (): void => {
    ports.changed();
    file.changed(toKeep);
  };

  const facts = createKeyFacts({
    clock,
    declared: createDeclared(ports),
    changed,
    kept: kept.accounts.flatMap(([provider, key, account]) =>
      same(provider, key) ? [[provider, key, account] as const] : [],
    ),
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
    kept: kept.coolings.filter(({ provider, place }) => same(provider, keyOf(place.who))),
  });

  return {
    health,
    facts,
    forgetReplaced() {
      const { replaced, added } = marks.changed();
      for (const [provider, key] of replaced) facts.forget(provider, key);
      for (const [provider, key] of [...replaced, ...added]) health.replaced(provider, key);
    },
    close: () => file.close(),
  };
}
