/** What the settings need besides the configuration itself: where things lie, and the gateway's own address. */
import type { Config } from '../../contract/config/schema.ts';
import type { ConfigStore } from '../config/store.ts';
import type { SettingPorts } from '../control/ports.ts';
import type { Address } from '../http/address.ts';
import { freePort } from '../http/free-port.ts';
import { portHolder } from '../http/port-holder.ts';
import { isLogFileInside } from '../hosting/inside-folder.ts';
import type { GatewayPorts } from '../index.ts';
import { databaseSize } from '../storage/database-size.ts';
import { readSurroundings } from './surroundings.ts';

export function createSettingPorts(
  ports: GatewayPorts,
  store: ConfigStore,
  config: () => Config,
  logFile: string,
  /** Once everything is composed; `rebuilding` ends when a change of the configuration is taken over everywhere. */
  late: () => { readonly address: Address; readonly rebuilding: Promise<unknown> },
): SettingPorts {
  const { configFile, dataFolder } = ports;
  return {
    configFile: configFile.location,
    dataFolder,
    isWritten: (path) => store.isWritten(path),
    writtenValue: (path) => store.writtenValue(path),
    written: () => store.written(),
    file: {
      text: () => store.text(),
      check: (text) => store.check(text),
      async replace(...change) {
        const copy = await store.replace(...change);
        await late().rebuilding;
        return copy;
      },
    },
    isLogFileInside: (path) => isLogFileInside(dataFolder, path),
    logBytes: () => databaseSize(logFile),
    moveTo: (place) => late().address.moveTo(place),
    surroundings: () => readSurroundings(ports),
    freePort: (from) => freePort(config().server.host, from),
    portHolder: (port) => portHolder(port),
  };
}
