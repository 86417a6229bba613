/** Procedures that add, change and remove providers. */
import { baseOfPasted } from '../../contract/config/pasted-address.ts';
import type { DialectId, ProviderConfig } from '../../contract/config/provider.ts';
import { RpcError } from '../../contract/rpc/errors.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { ConfigEdit } from '../config/store.ts';
import { providers as definitions } from '../providers/registry.ts';
import { baseUrlOf, DEMO, endpointsOf } from '../runtime.ts';
import { inStore } from './in-store.ts';
import type { ControlPorts } from './ports.ts';
import { providerView, providerViews, templates } from './views.ts';

type Names =
  'providers.list' | 'providers.templates' | 'providers.add' | 'providers.update' | 'providers.remove';

/** @throws RpcError `not_found` naming the provider */
export function findProvider(ports: ControlPorts, id: string): ProviderConfig {
  const found = ports.config().providers.find((provider) => provider.id === id);
  if (found === undefined) throw new RpcError('not_found', `There is no provider ${id}.`);
  return found;
}

export function providerHandlers(ports: ControlPorts): Pick<Handlers, Names> {
  const view = (id: string) => providerView(findProvider(ports, id), ports);

  return {
    'providers.list': () => Promise.resolve(providerViews(ports)),
    'providers.templates': () => Promise.resolve(templates()),

    async 'providers.add'(input) {
      if (input.id === DEMO || input.id === 'custom') {
        throw new RpcError('conflict', `${input.id} is a reserved name; choose another.`, 'id');
      }
      if (ports.config().providers.some(({ id }) => id === input.id)) {
        throw new RpcError('conflict', `There is a provider ${input.id} already.`, 'id');
      }
      const builtIn = definitions[input.id];
      if (input.baseUrl === undefined && (builtIn === undefined || builtIn.endpoints[0].baseUrl === '')) {
        const why =
          builtIn === undefined
            ? `${input.id} is not built in`
            : `Nobody but you knows where your ${builtIn.name} is`;
        throw new RpcError(
          'invalid_input',
          `${why}: give the base URL of its API, as its SDK takes it.`,
          'baseUrl',
        );
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
      if (moved) await withoutKeys(provider, ports, (cleared) => ports.edit([...edits, ...cleared]));
      else await ports.edit(edits);
      return view(input.id);
    },

    async 'providers.remove'({ id }) {
      const provider = findProvider(ports, id);
      const locked = provider.keys.find(
        (key) => ports.config().keyOrigins[`${id}/${key.id}`]?.kind === 'environment',
      );
      if (locked !== undefined) {
        throw new RpcError(
          'locked',
          `${id} has a key from an environment variable, which would bring it back. Disable the provider, or unset the variable.`,
        );
      }
      await withoutKeys(provider, ports, () => ports.edit([{ op: 'delete', path: ['providers', { id }] }]));
      return null;
    },
  };
}

const spokenBy = (provider: ProviderConfig): readonly DialectId[] =>
  endpointsOf(provider).map(({ dialect }) => dialect);

function change(id: string, field: string, value: unknown): readonly ConfigEdit[] {
  return value === undefined ? [] : [{ op: 'set', path: ['providers', { id }, field], value }];
}

/**
 * Takes the provider's keys out of store and memory, then acts. Keys go first, so that none is sent to a new
 * address; an act that fails has changed nothing, and they come back.
 * @param act is given the edits that take the keys out of the file
 */
async function withoutKeys(
  provider: ProviderConfig,
  ports: ControlPorts,
  act: (cleared: readonly ConfigEdit[]) => Promise<void>,
): Promise<void> {
  const { id } = provider;
  const stored = provider.keys.filter((key) => key.value === undefined);
  const inMemory = ports.memoryKeys.all().get(id) ?? [];
  const taken: { readonly key: string; readonly secret: string }[] = [];
  try {
    await inStore(async () => {
      for (const key of stored) {
        const secret = ports.ring.secretOf(id, key);
        await ports.ring.drop(id, key.id);
        if (secret !== undefined) taken.push({ key: key.id, secret });
      }
    });
    ports.memoryKeys.removeProvider(id);
    await act(stored.map((key) => ({ op: 'delete', path: ['providers', { id }, 'keys', { id: key.id }] })));
  } catch (error) {
    for (const key of inMemory) ports.memoryKeys.put(id, key);
    await inStore(async () => {
      for (const { key, secret } of taken) await ports.ring.put(id, key, secret);
    });
    ports.rebuild();
    throw error;
  }
}
