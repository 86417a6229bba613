/** Procedures on several keys of a provider at once, and removing one. Each is all or nothing. */
import type { KeyConfig } from '../../contract/config/provider.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { Removal } from '../../contract/rpc/procedures/providers.ts';
import type { EditPath } from '../config/edit.ts';
import { keysOf } from '../runtime.ts';
import { keyIn, providerIn } from './find-entries.ts';
import { findProvider } from './providers.ts';
import type { ControlPorts } from './ports.ts';
import { restoring } from './restore-entries.ts';
import type { Removals } from './removals.ts';
import { takeKeys } from './taken-keys.ts';
import { refused } from '../core/refusals.ts';

type Names = 'keys.remove' | 'keys.removeSeveral' | 'keys.enableSeveral';

export function keyGroupHandlers(ports: ControlPorts, removals: Removals): Pick<Handlers, Names> {
  const isInMemory = (provider: string, id: string): boolean =>
    ports.memoryKeys.find(provider, id) !== undefined;
  const listOf = (provider: string): EditPath => ['providers', { id: provider }, 'keys'];

  /** @throws RpcError `not_found`, or `locked` where the environment has one of them */
  function find(provider: string, ids: readonly string[]): readonly KeyConfig[] {
    const keys = keysOf(findProvider(ports, provider), ports.memoryKeys.all());
    return [...new Set(ids)].map((id) => {
      const key = keys.find((one) => one.id === id);
      if (key === undefined) throw refused('no-key', { provider, id });
      const origin = ports.config().keyOrigins[`${provider}/${id}`];
      if (origin?.kind === 'environment' && !isInMemory(provider, id)) {
        throw refused('key-from-variable', { key: key.label === '' ? id : key.label });
      }
      return key;
    });
  }

  async function remove(provider: string, ids: readonly string[]): Promise<Removal> {
    const keys = find(provider, ids);
    const written = keys.filter(({ id }) => !isInMemory(provider, id));
    // Secrets go first: once their entries are gone, nobody would know of them any more.
    const taken = await takeKeys(provider, keys, ports);
    const list = listOf(provider);
    try {
      const entries = await ports.edit(({ config }) =>
        written.map(({ id }) => {
          keyIn(config, provider, id);
          return { op: 'delete', path: [...list, { id }] };
        }),
      );
      if (written.length === 0) ports.rebuild();
      const back = restoring(list, entries);
      if (back === null) return { undo: null };
      return {
        undo: removals.keep(async () => {
          findProvider(ports, provider);
          await taken.putBack();
          await ports.edit(({ config }) => {
            providerIn(config, provider);
            return back;
          });
        }),
      };
    } catch (error) {
      await taken.putBack();
      throw error;
    }
  }

  return {
    'keys.remove': ({ provider, id }) => remove(provider, [id]),
    'keys.removeSeveral': ({ provider, ids }) => remove(provider, ids),

    async 'keys.enableSeveral'({ provider, ids, enabled }) {
      const keys = find(provider, ids);
      await ports.edit(({ config }) =>
        keys
          .filter(({ id }) => !isInMemory(provider, id))
          .map(({ id }) => {
            keyIn(config, provider, id);
            return { op: 'set', path: [...listOf(provider), { id }, 'enabled'], value: enabled };
          }),
      );
      for (const { id } of keys) {
        const held = ports.memoryKeys.find(provider, id);
        if (held !== undefined) ports.memoryKeys.put(provider, { ...held, enabled });
      }
      ports.rebuild();
      return null;
    },
  };
}
