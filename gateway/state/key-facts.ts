/** Accounts and remaining limits of keys, in memory. Headers are kept as they came and read when somebody looks. */
import type { KeyQuota } from '../../contract/rpc/procedures/providers.ts';
import type { Clock } from '../core/ports.ts';
import { accountTold } from '../routing/account.ts';
import type { KeyFacts } from '../routing/key-facts.ts';
import { readQuota, tellsQuota } from '../routing/quota.ts';
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
}

export interface KeyFactsPorts {
  readonly clock: Clock;
  /** What the user says of the key; it wins over what answers tell. */
  readonly declared: (provider: string, key: string) => string | undefined;
  /** An account was learned, or is another one than before. */
  readonly changed: (provider: string) => void;
  readonly kept?: readonly KeptAccount[];
}

export function createKeyFacts(ports: KeyFactsPorts): KeyFactsState {
  const { clock, declared, changed } = ports;
  const name = (provider: string, key: string): string => `${provider}/${key}`;
  const accounts = new Map<string, KeptAccount>();
  const seen = new Map<string, { readonly headers: Readonly<Record<string, string>>; readonly at: number }>();
  const told = new Map<string, readonly KeyQuota[]>();
  const history = createQuotaHistory();
  for (const kept of ports.kept ?? []) accounts.set(name(kept[0], kept[1]), kept);

  return {
    saw(provider, key, headers, error) {
      if (key === '') return;
      const id = name(provider, key);
      if (tellsQuota(headers)) {
        const at = clock.wall();
        seen.set(id, { headers, at });
        if (history.due(id, at)) history.add(id, readQuota(headers, at));
      }
      const account = accountTold(headers, error);
      if (account === undefined || accounts.get(id)?.[2] === account) return;
      accounts.set(id, [provider, key, account]);
      changed(provider);
    },
    accountOf: (provider, key) => declared(provider, key) ?? accounts.get(name(provider, key))?.[2],
    quotaOf(provider, key) {
      const id = name(provider, key);
      const latest = seen.get(id);
      const quotas = [
        ...(latest === undefined ? [] : readQuota(latest.headers, latest.at)),
        ...(told.get(id) ?? []),
      ];
      return quotas.map((quota) => history.withSince(id, quota));
    },
    told(provider, key, quota) {
      told.set(name(provider, key), quota);
      history.add(name(provider, key), quota);
    },
    forget(provider, key) {
      for (const known of [accounts, seen, told]) known.delete(name(provider, key));
      history.forget(name(provider, key));
    },
    accounts: () => [...accounts.values()],
  };
}
