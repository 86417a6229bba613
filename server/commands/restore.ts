/** `switchyard restore`: puts a back-up into the place of what is there, while no gateway runs. */
import { resolve } from 'node:path';
import {
  BackupError,
  backupHead,
  createNodeConfigFile,
  finishRestore,
  giveUpRestore,
  lockDataFolder,
  makeDataFolder,
  prepareBackup,
  StartProblem,
} from '../../gateway/index.ts';
import type { RestoreOptions } from '../command-line.ts';
import { keptConfig } from '../config-place.ts';
import { askedFolder } from '../data-place.ts';
import type { Surroundings } from '../host.ts';
import { openSecrets } from '../secrets.ts';
import { askPassphrase, confirm } from './passphrase.ts';

/** @returns the exit code: 1 where nothing was restored */
export async function restore(options: RestoreOptions, surroundings: Surroundings): Promise<number> {
  const { environment, workingFolder, clock, logger } = surroundings;
  const file = resolve(workingFolder, options.file);
  const { folder: dataFolder } = await askedFolder(options, surroundings);
  // A file that is to be restored need not be there yet.
  const path =
    options.config === undefined
      ? await keptConfig(options, workingFolder, dataFolder)
      : resolve(workingFolder, options.config);
  const head = await headOf(file);
  await makeDataFolder(dataFolder);
  const lock = await lockDataFolder(dataFolder);
  try {
    const configFile = createNodeConfigFile({ path, dataFolder, logger });
    const secrets = await openSecrets(environment, dataFolder);
    const passphrase = head.seal === null ? null : await askPassphrase(environment, false);
    const made = new Date(head.created).toISOString();
    if (!options.yes) {
      if (!process.stdin.isTTY) throw new StartProblem('Say --yes to restore without being asked.');
      const question = `Restore the back-up of ${made} (Switchyard ${head.app}) into ${dataFolder}, and its configuration into ${path}? What is there now is kept in a folder beside it.`;
      if (!(await confirm(question))) return 1;
    }
    const finish = { dataFolder, configFile, secrets, clock, logger };
    // What one that was cut short has moved would be lost with it, and is what this one has to keep.
    await giveUpRestore(finish);
    const prepared = await prepareBackup({
      file,
      passphrase,
      dataFolder,
      configFile,
      secrets: options.secrets ? secrets : null,
      now: clock.wall(),
      cancelled: () => false,
    });
    const applied = await finishRestore(finish);
    if (applied.kind !== 'applied') {
      // It is this command that failed: no later start does it all the same.
      const { keys } = applied.kind === 'waits' ? await giveUpRestore(finish) : { keys: true };
      const reason = 'problem' in applied ? applied.problem.text : '';
      const changed = keys
        ? 'nothing was changed'
        : 'some may be those of the back-up now, nothing else was changed';
      throw new StartProblem(
        applied.kind === 'waits' ? `The keys could not be kept; ${changed}. ${reason}` : reason,
      );
    }
    const keys = prepared.secrets === 0 ? '' : `, with ${prepared.secrets} keys`;
    const config = applied.config === null ? '' : `, its configuration into ${applied.config}`;
    logger.announce(
      `The back-up of ${made} was restored into ${dataFolder}${keys}${config}. What was there before lies in ${applied.kept}.\n`,
    );
    if (applied.configAside !== null) {
      logger.announce(
        `${path} could not be replaced and stays; the restored configuration lies in ${applied.configAside}.\n`,
      );
    }
    if (prepared.hidden) {
      logger.announce(
        'Secrets that stood in its configuration in clear text are not in it; enter them again where it says not-in-this-backup.\n',
      );
    }
    return 0;
  } catch (error) {
    throw error instanceof BackupError ? new StartProblem(error.message, error) : error;
  } finally {
    await lock.release();
  }
}

/** Before anything is made for it. @throws StartProblem */
async function headOf(file: string): ReturnType<typeof backupHead> {
  try {
    return await backupHead(file);
  } catch (error) {
    throw error instanceof BackupError ? new StartProblem(error.message, error) : error;
  }
}
