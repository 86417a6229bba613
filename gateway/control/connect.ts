/** Procedures that connect the tools of this machine to the gateway. */
import { RpcError } from '../../contract/rpc/errors.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { ToolView } from '../../contract/rpc/procedures/connect.ts';
import { DEFINITIONS } from '../connect/definitions.ts';
import type { ToolDefinition } from '../connect/tool.ts';
import { toolActivity } from './connect-activity.ts';
import type { ControlPorts } from './ports.ts';

type Names = 'connect.list' | 'connect.plan' | 'connect.apply';
export type ConnectHandlerPorts = Pick<ControlPorts, 'clock' | 'log' | 'status' | 'connect'>;

export function connectHandlers(ports: ConnectHandlerPorts): Pick<Handlers, Names> {
  const byHand = (id: string): never => {
    throw new RpcError('unavailable', `${id} is set up by hand; it has no file that could be written.`);
  };
  return {
    async 'connect.list'() {
      const active = await toolActivity(
        DEFINITIONS.map(({ id, apps }) => ({ id, apps, client: null, since: null })),
        ports,
      );
      return {
        tools: DEFINITIONS.map((definition) => ({ ...byHandView(definition), ...active(definition.id) })),
        local: ports.connect.local(),
        address: ports.status().address,
      };
    },
    'connect.plan': async ({ tool }) => byHand(tool),
    'connect.apply': async ({ tool }) => byHand(tool),
  };
}

const byHandView = ({
  id,
  name,
  kind,
  dialect,
  unreachable,
}: ToolDefinition): Omit<ToolView, 'lastRequestAt' | 'requestsToday'> => ({
  id,
  name,
  kind,
  dialect,
  state: unreachable === null ? 'by-hand' : 'unreachable',
  files: [],
  address: null,
  slots: [],
  problem: unreachable,
  drift: [],
  overrides: [],
  backups: [],
  client: null,
  writtenAt: null,
});
