/** What connecting tools needs of the host. */
import { randomBytes } from 'node:crypto';
import type { Config } from '../../contract/config/schema.ts';
import { connectFolder, createConnector } from '../connect/connector.ts';
import { DEFINITIONS } from '../connect/definitions.ts';
import { diskFiles } from '../connect/files.ts';
import { FORMATS } from '../connect/formats/index.ts';
import { shownPath } from '../connect/place.ts';
import type { ConnectPorts } from '../control/ports.ts';
import { isLoopbackHost } from '../core/loopback.ts';
import type { Listener } from '../http/listener.ts';
import type { GatewayPorts } from '../index.ts';
import { listens } from './listens.ts';
import { sendTo } from './own-request.ts';

/** Random bytes of a key: as strong as it gets, and short enough to be read aloud. */
const KEY_BYTES = 24;

export function createConnectPorts(
  { tools, dataFolder, clock }: Pick<GatewayPorts, 'tools' | 'dataFolder' | 'clock'>,
  config: () => Config,
  listener: () => Pick<Listener, 'place' | 'address'>,
): ConnectPorts {
  const connector =
    tools === undefined
      ? null
      : createConnector({
          files: diskFiles,
          around: tools,
          folder: connectFolder(tools.dataFolder ?? dataFolder),
          definitions: DEFINITIONS,
          formats: FORMATS,
          now: () => clock.wall(),
          listens,
          knowsKey: (key) => keysOf(config()).includes(key),
        });
  return {
    connector,
    definitions: DEFINITIONS,
    local: () => {
      const { host } = listener().place() ?? config().server;
      return tools !== undefined && (!tools.pagesTravel || isLoopbackHost(host));
    },
    address: () => listener().address() || addressOf(config().server),
    shown: (path) => (tools === undefined ? path : shownPath(path, tools)),
    send: sendTo(() => listener().address()),
    newKey: () => `sy-${randomBytes(KEY_BYTES).toString('base64url')}`,
  };
}

const keysOf = ({ server, clients }: Config): readonly string[] => [
  server.api_key,
  ...clients.map(({ key }) => key),
];

/** Where it will listen; empty where only the system will know the port. */
function addressOf({ host, port }: Config['server']): string {
  if (port === 0) return '';
  if (host === 'localhost' || host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
