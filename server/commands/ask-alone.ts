/** Calls a procedure of a gateway made for the purpose: it listens nowhere and leaves nothing behind. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RpcResult } from '../../contract/rpc/errors.ts';
import {
  checkConfigFile,
  createGateway,
  createMemorySecrets,
  createNodeConfigFile,
} from '../../gateway/index.ts';
import type { Logger } from '../../gateway/index.ts';
import type { PlaceOptions } from '../command-line.ts';
import { askedConfig } from '../config-place.ts';
import { readEnvironment } from '../env.ts';
import { dataFolderOf, WORKERS, type Surroundings } from '../host.ts';
import { openSecrets } from '../secrets.ts';

/** Only the answer is printed. */
export const SILENT: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Longest wait for the providers' lists, ms; what has not come is taken for unknown. */
const PATIENCE = 5_000;

/** @throws StartProblem for a broken configuration: an answer by another one would be wrong */
export async function askAlone(
  name: string,
  input: unknown,
  options: PlaceOptions,
  surroundings: Surroundings,
): Promise<RpcResult<unknown>> {
  const { version, clock, environment, workingFolder } = surroundings;
  const folder = dataFolderOf(options, surroundings);
  const path = await askedConfig(options, workingFolder, folder);
  const scratch = await mkdtemp(join(tmpdir(), 'switchyard-explain-'));
  const configFile = createNodeConfigFile({ path, dataFolder: scratch, logger: SILENT });
  const overrides = readEnvironment(environment);
  try {
    await checkConfigFile(configFile, { environment, overrides });
    const gateway = await createGateway({
      version,
      clock,
      random: Math.random,
      logger: SILENT,
      configFile,
      overrides,
      environment,
      secrets: options.demo ? createMemorySecrets() : await openSecrets(environment, folder),
      dataFolder: scratch,
      workers: WORKERS,
      routes: () => [],
      sessionOf: () => null,
      demoUpstream: null,
    });
    try {
      await gateway.readSecrets();
      await Promise.race([gateway.control.call('models.refresh', {}), until(clock, PATIENCE)]);
      return await gateway.control.call(name, input);
    } finally {
      await gateway.drain(0);
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const until = (clock: Surroundings['clock'], wait: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(wait, resolve);
  });
