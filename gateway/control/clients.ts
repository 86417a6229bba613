/** Procedures on clients with a key of their own. */
import { RpcError } from '../../contract/rpc/errors.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { ClientView } from '../../contract/rpc/procedures/clients.ts';
import type { ConfigEdit } from '../config/store.ts';
import { fingerprint } from '../state/key-ring.ts';
import type { ControlPorts } from './ports.ts';

type ClientPorts = Pick<ControlPorts, 'config' | 'edit'>;

export function clientHandlers(ports: ClientPorts): Pick<Handlers, 'clients.list' | 'clients.update'> {
  return {
    'clients.list': () => Promise.resolve(clientViews(ports)),

    async 'clients.update'({ id, rpm, maxConcurrency }) {
      const before = clientViews(ports).find((client) => client.id === id);
      if (before === undefined) throw new RpcError('not_found', `There is no client ${id}.`, 'id');
      const edits: readonly ConfigEdit[] = [
        ...(rpm === undefined || rpm === before.rpm ? [] : [setTo(id, 'rpm', rpm)]),
        ...(maxConcurrency === undefined || maxConcurrency === before.maxConcurrency
          ? []
          : [setTo(id, 'max_concurrency', maxConcurrency)]),
      ];
      if (edits.length > 0) await ports.edit(edits);
      return clientViews(ports);
    },
  };
}

const setTo = (id: string, field: string, value: number): ConfigEdit => ({
  op: 'set',
  path: ['clients', { id }, field],
  value,
});

const clientViews = ({ config }: ClientPorts): readonly ClientView[] =>
  config().clients.map(({ id, key, rpm, max_concurrency: maxConcurrency, models }) => ({
    id,
    fingerprint: fingerprint(key),
    rpm: rpm ?? 0,
    maxConcurrency: maxConcurrency ?? 0,
    models: models ?? [],
  }));
