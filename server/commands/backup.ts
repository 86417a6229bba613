/** `switchyard backup`: asks the gateway that runs for one, else makes it with a gateway that listens nowhere. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { StartProblem } from '../../gateway/index.ts';
import type { BackupOptions } from '../command-line.ts';
import { keptConfig } from '../config-place.ts';
import { askedFolder } from '../data-place.ts';
import type { Surroundings } from '../host.ts';
import { askRunning } from './ask-running.ts';
import { moveBackup, refuseTarget } from './backup-target.ts';
import { askPassphrase } from './passphrase.ts';
import { withOwnGateway, type Ask } from './with-own-gateway.ts';

/** A log of many gigabytes takes its time, ms. */
const PATIENCE = 6 * 3_600_000;

const madeSchema = z.object({ name: z.string(), bytes: z.number() });
const stateSchema = z.object({ folder: z.string() });

/** @returns the exit code */
export async function backup(options: BackupOptions, surroundings: Surroundings): Promise<number> {
  const { environment, workingFolder, logger } = surroundings;
  const to = options.to === undefined ? undefined : resolve(workingFolder, options.to);
  if (to !== undefined) await refuseTarget(to, options.to);
  const passphrase = options.withSecrets ? await askPassphrase(environment, true) : undefined;
  const input = { history: options.history, ...(passphrase === undefined ? {} : { passphrase }) };
  const { folder } = await askedFolder(options, surroundings);
  const running: Ask = async (name, asked) => {
    const answer = await askRunning(name, asked, folder, environment, PATIENCE);
    return answer ?? { ok: false, error: { code: 'unavailable', message: 'The gateway has ended.' } };
  };
  const first = await askRunning('backup.state', {}, folder, environment);
  const made =
    first === undefined ? await makeAlone(folder, options, surroundings, input) : await make(running, input);
  const path = to === undefined ? made.path : await moveBackup(made.path, to);
  logger.announce(`${path} (${made.bytes} bytes)\n`);
  return 0;
}

async function makeAlone(
  folder: string,
  options: BackupOptions,
  surroundings: Surroundings,
  input: unknown,
): ReturnType<typeof make> {
  if (!(await isFolder(folder))) {
    throw new StartProblem(`There is no data folder ${folder}. Name it with --data-dir.`);
  }
  const config = await keptConfig(options, surroundings.workingFolder, folder);
  return withOwnGateway(folder, config, surroundings, (ask) => make(ask, input));
}

async function make(ask: Ask, input: unknown): Promise<{ readonly path: string; readonly bytes: number }> {
  const made = await ask('backup.create', input);
  if (!made.ok) throw new StartProblem(made.error.message);
  const state = await ask('backup.state', {});
  if (!state.ok) throw new StartProblem(state.error.message);
  const { name, bytes } = madeSchema.parse(made.data);
  return { path: join(stateSchema.parse(state.data).folder, name), bytes };
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
