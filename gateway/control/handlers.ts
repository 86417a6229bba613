/** One handler for each procedure; a missing or extra one does not compile. */
import { RpcError } from '../../contract/rpc/errors.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import { keyHandlers } from './keys.ts';
import type { ControlPorts } from './ports.ts';
import { providerHandlers } from './providers.ts';

export function createHandlers(ports: ControlPorts): Handlers {
  const { log } = ports;
  return {
    'gateway.status': () => Promise.resolve(ports.status()),

    'requests.list': (query) => log.list(query),
    async 'requests.get'({ id }) {
      const row = await log.get(id);
      if (row === undefined) throw new RpcError('not_found', `The log has no request ${id}.`);
      return row;
    },
    async 'requests.body'({ id, part }) {
      const body = await log.body(id, part);
      if (body === undefined) throw new RpcError('not_found', `The log has no request ${id}.`);
      return body;
    },
    'requests.statistics': () => log.statistics(ports.clock.wall()),
    async 'requests.clear'() {
      const deleted = await log.clear();
      ports.cleared();
      return { deleted };
    },

    ...providerHandlers(ports),
    ...keyHandlers(ports),
  };
}
