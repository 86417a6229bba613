/** Accounts and remaining limits of keys, in memory. Headers are kept as they came and read when somebody looks. */
import type { KeyQuota } from '../../contract/rpc/procedures/providers.ts';
import type { Clock } from '../core/ports.ts';
import { accountTold } from '../routing/account.ts';
import type { KeyFacts } from '../routing/key-facts.ts';
import { readQuota, tellsQuota } from '../routing/quota.ts';
import type { KeptQuota } from './kept-quotas.ts';
import { createQuotaHistory } from './quota-history.ts';

/** Provider, key, account. */
export type KeptAccount = readonly [provider: string, key: string, account: string];

export interface KeyFactsState extends KeyFacts {
  /** What a check of the key told. */
  told(provider: string, key: string, quota: readonly KeyQuota[]): void;
  /** The key is another one now: nothing is known of it. */
  forget(provider: string, key: string): void;
  /** Accounts as answers told them, to keep over a restart. */
  accounts(): readonly KeptAccount[];
  /** What is left of limits, to keep over a restart. */
  quotas(): readonly KeptQuota[];
}

export interface KeyFactsPorts {
  readonly clock: Clock;
  /** What the user says of the key; it wins over what answers tell. */
  readonly declared: (provider: string, key: string) => string | undefined;
  /** An account was learned, or is another one than before. */
  readonly changed: (provider: string) => void;
  /** An answer or a check told what is left of a limit. */
  readonly toldQuota?: () => void;
  readonly kept?: readonly KeptAccount[];
  /** What answers and checks told an earlier process. */
  readonly keptQuotas?: readonly KeptQuota[];
}

export function createKeyFacts(ports: KeyFactsPorts): KeyFactsState {
  const { clock, declared, changed, toldQuota = () => undefined } = ports;
  const name = (provider: string, key: string): string => `${provider}/${key}`;
  const accounts = new Map<string, KeptAccount>();
  const keys = new Map<string, readonly [provider: string, key: string]>();
  const seen = new Map<string, { readonly headers: Readonly<Record<string, string>>; readonly at: number }>();
  /** As an earlier process had read them, until an answer tells anew. */
  const earlier = new Map<string, readonly KeyQuota[]>();
  const told = new Map<string, readonly KeyQuota[]>();
  const history = createQuotaHistory();
  for (const kept of ports.kept ?? []) accounts.set(name(kept[0], kept[1]), kept);
  for (const { provider, key, answered, checked } of ports.keptQuotas ?? []) {
    const id = name(provider, key);
    keys.set(id, [provider, key]);
    earlier.set(id, answered);
    told.set(id, checked);
    for (const { since, ...quota } of [...answered, ...checked]) {
      if (since !== undefined) history.add(id, [{ ...quota, seenAt: since.at, remaining: since.remaining }]);
      history.add(id, [quota]);
    }
  }

  const withSince = (id: string, quotas: readonly KeyQuota[]): readonly KeyQuota[] =>
    quotas.map((quota) => history.withSince(id, quota));
  function answered(id: string): readonly KeyQuota[] {
    const latest = seen.get(id);
    return withSince(
      id,
      latest === undefined ? (earlier.get(id) ?? []) : readQuota(latest.headers, latest.at),
    );
  }
  const checked = (id: string): readonly KeyQuota[] => withSince(id, told.get(id) ?? []);

  return {
    saw(provider, key, headers, error) {
      if (key === '') return;
      const id = name(provider, key);
      if (tellsQuota(headers)) {
        const at = clock.wall();
        keys.set(id, [provider, key]);
        seen.set(id, { headers, at });
        if (history.due(id, at)) history.add(id, readQuota(headers, at));
        toldQuota();
      }
      const account = accountTold(headers, error);
      if (account === undefined || accounts.get(id)?.[2] === account) return;
      accounts.set(id, [provider, key, account]);
      changed(provider);
    },
    accountOf: (provider, key) => declared(provider, key) ?? accounts.get(name(provider, key))?.[2],
    quotaOf(provider, key) {
      const id = name(provider, key);
      return [...answered(id), ...checked(id)];
    },
    told(provider, key, quota) {
      const id = name(provider, key);
      keys.set(id, [provider, key]);
      told.set(id, quota);
      history.add(id, quota);
      toldQuota();
    },
    forget(provider, key) {
      const id = name(provider, key);
      for (const known of [accounts, keys, seen, earlier, told]) known.delete(id);
      history.forget(id);
      toldQuota();
    },
    accounts: () => [...accounts.values()],
    quotas: () =>
      [...keys].map(([id, [provider, key]]) => ({
        provider,
        key,
        answered: answered(id),
        checked: checked(id),
      })),
  };
}
