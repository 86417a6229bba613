/** Keys of the configuration by name, found once for each configuration: they are asked for with every answer. */
import type { Config } from '../../contract/config/schema.ts';

export interface ConfiguredKeys {
  has(provider: string, key: string): boolean;
  /** What the user says of its account. */
  accountOf(provider: string, key: string): string | undefined;
}

export function createConfiguredKeys(config: () => Config): ConfiguredKeys {
  let read: Config | undefined;
  let accounts: ReadonlyMap<string, string | undefined> = new Map();

  function known(): ReadonlyMap<string, string | undefined> {
    const now = config();
    if (now !== read) {
      read = now;
      accounts = new Map(
        now.providers.flatMap(({ id, keys }) => keys.map((own) => [`${id}/${own.id}`, own.account] as const)),
      );
    }
    return accounts;
  }

  return {
    has: (provider, key) => known().has(`${provider}/${key}`),
    accountOf: (provider, key) => known().get(`${provider}/${key}`),
  };
}
