/** Calls a procedure of a gateway made for the purpose: it listens nowhere and leaves nothing behind. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RpcResult } from '../../contract/rpc/errors.ts';
import { createMemorySecrets, createNodeConfigFile } from '../../gateway/index.ts';
import type { PlaceOptions } from '../command-line.ts';
import { askedConfig } from '../config-place.ts';
import type { Surroundings } from '../host.ts';
import { openSecrets } from '../secrets.ts';
import { SILENT, withQuietGateway } from './quiet-gateway.ts';

/** Longest wait for the providers' lists, ms; what has not come is taken for unknown. */
const PATIENCE = 5_000;

/** @param folder of data, which need not be there @throws StartProblem for a broken configuration: an answer by another one would be wrong */
export async function askAlone(
  name: string,
  input: unknown,
  folder: string,
  options: PlaceOptions,
  surroundings: Surroundings,
): Promise<RpcResult<unknown>> {
  const { clock, environment, workingFolder } = surroundings;
  const path = await askedConfig(options, workingFolder, folder);
  const scratch = await mkdtemp(join(tmpdir(), 'switchyard-explain-'));
  const configFile = createNodeConfigFile({ path, dataFolder: scratch, logger: SILENT });
  try {
    const secrets = options.demo ? createMemorySecrets() : await openSecrets(environment, folder);
    return await withQuietGateway(
      { configFile, secrets, dataFolder: scratch },
      surroundings,
      async (gateway) => {
        await gateway.readSecrets();
        await Promise.race([gateway.control.call('models.refresh', {}), until(clock, PATIENCE)]);
        return gateway.control.call(name, input);
      },
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const until = (clock: Surroundings['clock'], wait: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(wait, resolve);
  });
