/** What connecting tools needs of the host. */
import type { Config } from '../../contract/config/schema.ts';
import type { ConnectPorts } from '../control/ports.ts';
import { isLoopbackHost } from '../core/loopback.ts';
import type { Place } from '../http/listener.ts';
import type { GatewayPorts } from '../index.ts';

export function createConnectPorts(
  { tools }: Pick<GatewayPorts, 'tools'>,
  config: () => Config,
  place: () => Place | null,
): ConnectPorts {
  return {
    local: () =>
      tools !== undefined && (!tools.pagesTravel || isLoopbackHost((place() ?? config().server).host)),
  };
}
