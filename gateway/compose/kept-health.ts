/** Health of keys with the file that keeps it over restarts, and what is known of their accounts and limits. */
import { join } from 'node:path';
import type { Config } from '../../contract/config/schema.ts';
import type { Clock, Logger, Random } from '../core/ports.ts';
import { keyWho } from '../routing/places.ts';
import { createHealthFile, type KeptHealth } from '../state/health-file.ts';
import { createHealth, type HealthState } from '../state/health.ts';
import { createKeyFacts, type KeyFactsState } from '../state/key-facts.ts';
import type { MemoryKeys } from '../state/memory-keys.ts';
import { createQuotaFile, type FiledQuota } from '../state/quota-file.ts';
import { createConfiguredKeys } from './configured-keys.ts';
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

export async function createKeptHealth(ports: KeptHealthPorts): Promise<HealthParts> {
  const { clock, random, logger, config, fingerprintOf } = ports;
  const configured = createConfiguredKeys(config);
  const file = createHealthFile({ file: join(ports.dataFolder, 'health.json'), clock, logger });
  const quotas = createQuotaFile({
    file: join(ports.dataFolder, 'quota.json'),
    clock,
    logger,
    isKey: (provider, key) => configured.has(provider, key),
  });
  const [kept, filedQuotas] = await Promise.all([file.read(), quotas.read()]);
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
  const keptQuotas = filedQuotas.filter(({ provider, key, fingerprint }) => {
    // Their file is written later than that of cool-downs: a process killed in between left figures of the old key.
    if (fingerprint !== (marks.of(provider, key) ?? fingerprint)) return false;
    marks.had(provider, key, fingerprint);
    return true;
  });
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
  const quotasToKeep = (): readonly FiledQuota[] =>
    facts.quotas().map((known) => ({ ...known, fingerprint: marks.of(known.provider, known.key) }));
  const toldQuota = (): void => quotas.changed(quotasToKeep);

  const facts = createKeyFacts({
    clock,
    declared: (provider, key) =>
      configured.accountOf(provider, key) ?? ports.memoryKeys.find(provider, key)?.account,
    changed,
    toldQuota,
    keptQuotas: keptQuotas.filter(({ provider, key }) => same(provider, key)),
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

  // What was dropped leaves the file.
  if (filedQuotas.length > 0) toldQuota();

  return {
    health,
    facts,
    forgetReplaced() {
      const { replaced, added } = marks.changed();
      for (const [provider, key] of replaced) facts.forget(provider, key);
      for (const [provider, key] of [...replaced, ...added]) health.replaced(provider, key);
      // What is known of keys that are gone leaves the file.
      if (facts.quotas().length > 0) toldQuota();
    },
    close: () => Promise.all([file.close(), quotas.close()]).then(() => undefined),
  };
}
