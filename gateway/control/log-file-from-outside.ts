/** A log file that somebody names over the control plane; in the configuration file by hand it may lie anywhere. */
import { refused } from '../core/refusals.ts';
import type { ControlPorts } from './ports.ts';

/**
 * The one in use may stay, wherever it lies.
 * @throws RpcError `invalid_input` for another one that is no log inside the data folder
 */
export async function refuseLogOutside(
  path: string,
  { config, settings }: Pick<ControlPorts, 'config' | 'settings'>,
): Promise<void> {
  if (path === config().logging.file || (await settings.isLogFileInside(path))) return;
  throw refused('log-file-outside', {}, 'logging.file');
}
