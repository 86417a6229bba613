/** Procedures on keys. Secrets go in, never out. */
import type { KeyConfig } from '../../contract/config/provider.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { KeyView } from '../../contract/rpc/procedures/providers.ts';
import type { ConfigEdit } from '../config/store.ts';
import { keysOf } from '../runtime.ts';
import { keyIn, providerIn } from './find-entries.ts';
import { inStore } from './in-store.ts';
import { findProvider } from './providers.ts';
import type { ControlPorts } from './ports.ts';
import { providerView } from './views.ts';
import { refused } from '../core/refusals.ts';

type Names = 'keys.add' | 'keys.update' | 'keys.check' | 'keys.clear';

export function keyHandlers(ports: ControlPorts): Pick<Handlers, Names> {
  const view = (provider: string, id: string): KeyView => {
    const found = providerView(findProvider(ports, provider), ports).keys.find((key) => key.id === id);
    if (found === undefined) throw refused('no-key', { provider, id });
    return found;
  };

  /** Writes a key whose secret is in the store into the file. */
  async function enter(provider: string, key: KeyConfig): Promise<void> {
    const { id, label, weight, rpm, tpm, max_concurrency: maxConcurrency, account } = key;
    const entry = {
      id,
      ...(label === '' ? {} : { label }),
      ...(weight === 1 ? {} : { weight }),
      ...(rpm === 0 ? {} : { rpm }),
      ...(tpm === 0 ? {} : { tpm }),
      ...(maxConcurrency === 0 ? {} : { max_concurrency: maxConcurrency }),
      ...(account === undefined ? {} : { account }),
    };
    try {
      await ports.edit(({ config }) => {
        providerIn(config, provider);
        return [{ op: 'add', path: ['providers', { id: provider }, 'keys'], value: entry }];
      });
    } catch (error) {
      // A secret that nothing refers to would stay for ever.
      await ports.ring.drop(provider, id);
      throw error;
    }
  }

  /** Values on their way into the store, by provider: until they are there no key is seen to have them. */
  const arriving = new Set<string>();

  return {
    async 'keys.add'({ provider: id, value, label, weight, rpm, tpm, maxConcurrency, account }) {
      const provider = findProvider(ports, id);
      const secret = value.trim();
      if (!/^[\x21-\x7e]+$/.test(secret)) {
        throw refused('key-characters', {}, 'value');
      }
      const keys = keysOf(provider, ports.memoryKeys.all());
      const twin = keys.find((key) => ports.ring.secretOf(id, key) === secret);
      if (twin !== undefined) {
        throw refused('key-twice', { id, key: twin.label === '' ? twin.id : twin.label }, 'value');
      }
      const key: KeyConfig = {
        id: freeId(keys),
        label,
        enabled: true,
        weight,
        rpm,
        tpm,
        max_concurrency: maxConcurrency,
        models: [],
        ...(account === undefined ? {} : { account }),
      };
      if (ports.secretStore === 'memory') {
        ports.memoryKeys.put(id, { ...key, value: secret });
        ports.rebuild();
        return { key: view(id, key.id), storage: 'memory' };
      }
      const arrival = `${id} ${secret}`;
      if (arriving.has(arrival)) {
        throw refused('key-under-way', { id }, 'value');
      }
      arriving.add(arrival);
      try {
        await inStore(() => ports.ring.put(id, key.id, secret));
        await enter(id, key);
      } finally {
        arriving.delete(arrival);
      }
      return { key: view(id, key.id), storage: 'stored' };
    },

    async 'keys.update'({ provider, id, label, weight, rpm, tpm, maxConcurrency, account, enabled }) {
      const fields = { label, weight, rpm, tpm, max_concurrency: maxConcurrency, enabled };
      const changes = Object.entries(fields).filter(([, value]) => value !== undefined);
      const inMemory = ports.memoryKeys.find(provider, id);
      if (inMemory !== undefined) {
        const { account: accountBefore, ...others } = inMemory;
        const accountNow = account === undefined ? accountBefore : (account ?? undefined);
        ports.memoryKeys.put(provider, {
          ...others,
          ...Object.fromEntries(changes),
          ...(accountNow === undefined ? {} : { account: accountNow }),
        });
        ports.rebuild();
      } else if (ports.config().keyOrigins[`${provider}/${id}`]?.kind === 'environment') {
        throw refused('this-key-from-variable');
      } else {
        const path = ['providers', { id: provider }, 'keys', { id }];
        const edits = changes.map(([field, value]): ConfigEdit => ({
          op: 'set',
          path: [...path, field],
          value,
        }));
        await ports.edit(({ config }) => {
          const before = keyIn(config, provider, id).account;
          return [...edits, ...accountEdits(before, account, [...path, 'account'])];
        });
      }
      return view(provider, id);
    },

    async 'keys.check'({ provider: id, id: keyId }) {
      const provider = findProvider(ports, id);
      const key = keysOf(provider, ports.memoryKeys.all()).find((one) => one.id === keyId);
      if (key === undefined) throw refused('no-key', { provider: id, id: keyId });
      const secret = ports.ring.secretOf(id, key);
      if (secret !== undefined) return ports.checkKey(provider, keyId, secret);
      const problem = ports.ring.storeProblem();
      throw problem === null
        ? refused('key-store-empty')
        : refused('key-store', { words: problem.text }, undefined, problem);
    },

    'keys.clear': ({ provider, id }) => Promise.resolve({ cleared: ports.health.clear(provider, id) }),
  };
}

function accountEdits(
  before: string | undefined,
  account: string | null | undefined,
  path: ConfigEdit['path'],
): readonly ConfigEdit[] {
  if (account === undefined || (account ?? undefined) === before) return [];
  return [account === null ? { op: 'delete', path } : { op: 'set', path, value: account }];
}

/** Ids are made on creation; one that was removed may not come back with another key's history. */
function freeId(keys: readonly KeyConfig[]): string {
  const taken = new Set(keys.map(({ id }) => id));
  for (;;) {
    const id = `k-${crypto.randomUUID().slice(0, 8)}`;
    if (!taken.has(id)) return id;
  }
}
