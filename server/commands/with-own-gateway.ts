/** A gateway on a data folder, under its lock, that listens nowhere: for commands where none runs. */
import type { RpcResult } from '../../contract/rpc/errors.ts';
import {
  checkConfigFile,
  createGateway,
  createNodeConfigFile,
  finishBegunRestore,
  lockDataFolder,
} from '../../gateway/index.ts';
import { readEnvironment } from '../env.ts';
import { toolsOf, WORKERS, type Surroundings } from '../host.ts';
import { openSecrets } from '../secrets.ts';
import { SILENT } from './ask-alone.ts';

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
  const { version, clock, environment } = surroundings;
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
    const overrides = readEnvironment(environment);
    await checkConfigFile(configFile, { environment, overrides });
    const gateway = await createGateway({
      version,
      clock,
      random: Math.random,
      logger: SILENT,
      configFile,
      overrides,
      environment,
      secrets,
      dataFolder: folder,
      workers: WORKERS,
      routes: () => [],
      sessionOf: () => null,
      // Nobody but the terminal sees anything of it.
      tools: { ...toolsOf(surroundings), pagesTravel: false },
      demoUpstream: null,
    });
    try {
      return await act((name, input) => gateway.control.call(name, input));
    } finally {
      await gateway.drain(0);
    }
  } finally {
    await lock.release();
  }
}
