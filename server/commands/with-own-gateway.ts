/** A gateway on a data folder, under its lock, that listens nowhere: for commands where none runs. */
import type { RpcResult } from '../../contract/rpc/errors.ts';
import { createNodeConfigFile, finishBegunRestore, lockDataFolder } from '../../gateway/index.ts';
import { toolsOf, type Surroundings } from '../host.ts';
import { openSecrets } from '../secrets.ts';
import { SILENT, withQuietGateway } from './quiet-gateway.ts';

export type Ask = (name: string, input: unknown) => Promise<RpcResult<unknown>>;

/**
 * @param folder is there
 * @param path of the configuration, which need not be there
 * @throws StartProblem for a broken configuration: what is written by another one would be wrong
 */
export async function withOwnGateway<T>(
  folder: string,
  path: string,
  surroundings: Surroundings,
  act: (ask: Ask) => Promise<T>,
): Promise<T> {
  const { clock, environment } = surroundings;
  const lock = await lockDataFolder(folder);
  try {
    const configFile = createNodeConfigFile({ path, dataFolder: folder, logger: SILENT });
    const secrets = await openSecrets(environment, folder);
    await finishBegunRestore({
      dataFolder: folder,
      configFile,
      secrets,
      clock,
      logger: surroundings.logger,
    });
    // Nobody but the terminal sees anything of it.
    const tools = { ...toolsOf(surroundings), pagesTravel: false };
    return await withQuietGateway(
      { configFile, secrets, dataFolder: folder, tools },
      surroundings,
      (gateway) => act((name, input) => gateway.control.call(name, input)),
    );
  } finally {
    await lock.release();
  }
}
