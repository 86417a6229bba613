/** Procedures that add, change and remove providers. */
import { baseOfPasted } from '../../contract/config/pasted-address.ts';
import type { DialectId, ProviderConfig } from '../../contract/config/provider.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { ConfigEdit } from '../config/store.ts';
import { providers as definitions } from '../providers/registry.ts';
import { baseUrlOf, DEMO, endpointsOf, keysOf } from '../runtime.ts';
import { providerIn, storedKeys } from './find-entries.ts';
import type { ControlPorts } from './ports.ts';
import type { Removals } from './removals.ts';
import { restoreEntries } from './restore-entries.ts';
import { takeKeys } from './taken-keys.ts';
import { providerView, providerViews, templates } from './views.ts';
import { refused } from '../core/refusals.ts';

type Names =
  | 'providers.list'
  | 'providers.templates'
  | 'providers.add'
  | 'providers.update'
  | 'providers.remove'
  | 'providers.restore'
  | 'providers.arrange'
  | 'providers.duplicate';

/** @throws RpcError `not_found` naming the provider */
export function findProvider(ports: ControlPorts, id: string): ProviderConfig {
  return providerIn(ports.config(), id);
}

export function providerHandlers(ports: ControlPorts, removals: Removals): Pick<Handlers, Names> {
  const view = (id: string) => providerView(findProvider(ports, id), ports);

  return {
    'providers.list': () => Promise.resolve(providerViews(ports)),
    'providers.templates': () => Promise.resolve(templates()),

    async 'providers.add'(input) {
      if (input.id === DEMO || input.id === 'custom') {
        throw refused('reserved-name', { id: input.id }, 'id');
      }
      if (ports.config().providers.some(({ id }) => id === input.id)) {
        throw refused('provider-exists', { id: input.id }, 'id');
      }
      const builtIn = definitions[input.id];
      if (input.baseUrl === undefined && (builtIn === undefined || builtIn.endpoints[0].baseUrl === '')) {
        throw builtIn === undefined
          ? refused('address-not-known', { id: input.id }, 'baseUrl')
          : refused('address-not-told', { name: builtIn.name }, 'baseUrl');
      }
      const dialect = builtIn === undefined ? (input.dialect ?? 'openai-chat') : input.dialect;
      const spoken = builtIn?.endpoints.map((endpoint) => endpoint.dialect) ?? [];
      const value = {
        id: input.id,
        ...(input.name === undefined ? {} : { name: input.name }),
        ...(dialect === undefined ? {} : { dialect }),
        ...(input.baseUrl === undefined
          ? {}
          : { base_url: baseOfPasted(input.baseUrl, dialect === undefined ? spoken : [dialect]) }),
        ...(input.allowPrivateNetwork === undefined
          ? {}
          : { allow_private_network: input.allowPrivateNetwork }),
      };
      await ports.edit([{ op: 'add', path: ['providers'], value }]);
      return view(input.id);
    },

    async 'providers.update'(input) {
      const provider = findProvider(ports, input.id);
      const baseUrl =
        input.baseUrl === undefined ? undefined : baseOfPasted(input.baseUrl, spokenBy(provider));
      const edits = [
        change(provider.id, 'enabled', input.enabled),
        change(provider.id, 'name', input.name),
        change(provider.id, 'base_url', baseUrl),
        change(provider.id, 'allow_private_network', input.allowPrivateNetwork),
        change(provider.id, 'strategy', input.strategy),
      ].flat();
      const moved = baseUrl !== undefined && baseUrl !== baseUrlOf(provider);
      if (moved) await withoutKeys(provider, ports, edits);
      else {
        await ports.edit(({ config }) => {
          providerIn(config, provider.id);
          return edits;
        });
      }
      return view(input.id);
    },

    async 'providers.remove'({ id }) {
      const provider = findProvider(ports, id);
      const locked = provider.keys.find(
        (key) => ports.config().keyOrigins[`${id}/${key.id}`]?.kind === 'environment',
      );
      if (locked !== undefined) {
        throw refused('provider-from-variable', { id });
      }
      const taken = await takeKeys(id, keysOf(provider, ports.memoryKeys.all()), ports);
      try {
        const entries = await ports.edit(({ config }) => {
          checkKeys(providerIn(config, id), provider);
          return [{ op: 'delete', path: ['providers', { id }] }];
        });
        const restore = restoreEntries(ports, ['providers'], entries);
        if (restore === null) return { undo: null };
        return {
          undo: removals.keep(async () => {
            await restore();
            await taken.putBack();
          }),
        };
      } catch (error) {
        await taken.putBack();
        throw error;
      }
    },

    async 'providers.restore'({ undo }) {
      await removals.restore(undo);
      return null;
    },

    async 'providers.arrange'({ ids }) {
      const known = ids.filter((id) => id !== DEMO);
      await ports.edit(({ config }) => {
        for (const id of known) providerIn(config, id);
        return [{ op: 'order', path: ['providers'], ids: known }];
      });
      return null;
    },

    async 'providers.duplicate'({ id }) {
      let made = '';
      await ports.edit(({ config }) => {
        const provider = providerIn(config, id);
        made = freeId(id, new Set(config.providers.map((one) => one.id)));
        const changes = {
          // Under another id a built-in provider keeps dialects, address and quirks by naming the one it is like.
          ...(definitions[id] === undefined ? {} : { like: id }),
          ...(provider.name === undefined ? {} : { name: undefined }),
          keys: undefined,
        };
        return [{ op: 'copy', path: ['providers', { id }], id: made, changes }];
      });
      return view(made);
    },
  };
}

const spokenBy = (provider: ProviderConfig): readonly DialectId[] =>
  endpointsOf(provider).map(({ dialect }) => dialect);

function change(id: string, field: string, value: unknown): readonly ConfigEdit[] {
  return value === undefined ? [] : [{ op: 'set', path: ['providers', { id }, field], value }];
}

/** `openai-2`, or the next number that is free. */
function freeId(id: string, taken: ReadonlySet<string>): string {
  const stem = id.replace(/-\d+$/, '').slice(0, 58);
  for (let number = 2; ; number += 1) {
    if (!taken.has(`${stem}-${number}`)) return `${stem}-${number}`;
  }
}

/** @throws RpcError `conflict` where the provider has other stored keys than those that were taken out */
function checkKeys(now: ProviderConfig, taken: ProviderConfig): void {
  const ids = (provider: ProviderConfig): string =>
    storedKeys(provider)
      .map(({ id }) => id)
      .toSorted()
      .join();
  if (ids(now) !== ids(taken)) throw refused('config-changed');
}

/**
 * Takes the provider's keys out of store and memory, then makes the edits. Keys go first, so that none is sent to a
 * new address; edits that fail have changed nothing, and they come back.
 */
async function withoutKeys(
  provider: ProviderConfig,
  ports: ControlPorts,
  edits: readonly ConfigEdit[],
): Promise<void> {
  const { id } = provider;
  const stored = storedKeys(provider);
  const inMemory = ports.memoryKeys.all().get(id) ?? [];
  const taken = await takeKeys(id, [...stored, ...inMemory], ports);
  const path = ['providers', { id }, 'keys'];
  try {
    await ports.edit(({ config }) => {
      checkKeys(providerIn(config, id), provider);
      return [
        ...edits,
        ...stored.map((key): ConfigEdit => ({ op: 'delete', path: [...path, { id: key.id }] })),
      ];
    });
  } catch (error) {
    await taken.putBack();
    throw error;
  }
}
