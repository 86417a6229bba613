/** A gateway for commands that only look: it has a folder of its own for a moment, and leaves nothing behind. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemorySecrets, createNodeConfigFile, type Gateway } from '../../gateway/index.ts';
import { toolsOf, type Surroundings } from '../host.ts';
import { openSecrets } from '../secrets.ts';
import { SILENT, withQuietGateway } from './quiet-gateway.ts';

export interface LookedAt {
  /** Data folder, which need not be there. Of it keys and what was connected are read. */
  readonly folder: string;
  /** Configuration, which need not be there either. */
  readonly path: string;
  /** The demo has keys of its own. */
  readonly demo: boolean;
}

/** @throws StartProblem for a broken configuration: an answer by another one would be wrong */
export async function withLookingGateway<T>(
  { folder, path, demo }: LookedAt,
  surroundings: Surroundings,
  act: (gateway: Gateway) => Promise<T>,
): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), 'switchyard-look-'));
  const configFile = createNodeConfigFile({ path, dataFolder: scratch, logger: SILENT });
  try {
    const secrets = demo ? createMemorySecrets() : await openSecrets(surroundings.environment, folder);
    // Nobody but the terminal sees anything of it.
    const tools = { ...toolsOf(surroundings), pagesTravel: false, dataFolder: folder };
    return await withQuietGateway({ configFile, secrets, dataFolder: scratch, tools }, surroundings, act);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
