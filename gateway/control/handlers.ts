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

    'requests.list': (query) => fromLog(log.list(query)),
    async 'requests.get'({ id }) {
      const row = await fromLog(log.get(id));
      if (row === undefined) throw new RpcError('not_found', `The log has no request ${id}.`);
      return row;
    },
    async 'requests.body'({ id, part }) {
      const body = await fromLog(log.body(id, part));
      if (body === undefined) throw new RpcError('not_found', `The log has no request ${id}.`);
      return body;
    },
    'requests.statistics': () => fromLog(log.statistics(ports.clock.wall())),
    async 'requests.clear'() {
      const deleted = await fromLog(log.clear());
      ports.cleared();
      return { deleted };
    },

    ...providerHandlers(ports),
    ...keyHandlers(ports),
  };
}

/** The log says in a sentence why it cannot be used; that sentence is for whoever asked. */
async function fromLog<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw new RpcError('unavailable', error instanceof Error ? error.message : String(error));
  }
}
