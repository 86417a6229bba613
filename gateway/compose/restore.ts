/** Restoring a back-up, for hosts: with what this version knows of its own files. */
import type { BackupHead } from '../backup/format.ts';
import { prepareRestore, type PreparedRestore, type RestoreOrder } from '../backup/prepare.ts';
import {
  finishRestore as finish,
  UndoError,
  type FinishedRestore,
  type FinishOptions,
} from '../backup/finish.ts';
import { BackupError } from '../backup/problem.ts';
import { readHead } from '../backup/read.ts';
import { causeOf, say } from '../core/sayings.ts';
import { StartProblem } from '../hosting/start-problem.ts';
import { newestSchema } from '../storage/migrate.ts';
import { MIGRATIONS } from '../storage/migrations.ts';

/** Newest schema of the request log. */
const LOG_SCHEMA = newestSchema(MIGRATIONS);

/** @throws BackupError with a sentence for the user; nothing has changed then */
export const prepareBackup = (order: Omit<RestoreOrder, 'logSchema'>): Promise<PreparedRestore> =>
  prepareRestore({ ...order, logSchema: LOG_SCHEMA });

export { giveUpRestore } from '../backup/finish.ts';

/** What a back-up says of itself, before it is checked. @throws BackupError */
export async function backupHead(file: string): Promise<BackupHead> {
  try {
    return await readHead(file);
  } catch (error) {
    if (error instanceof BackupError) throw error;
    throw new BackupError('unavailable', say('backup-unread', { path: file }, causeOf(error)));
  }
}

/** What waits to be restored is put into use, or taken back. @throws StartProblem where neither can be */
export async function finishRestore(options: FinishOptions): Promise<FinishedRestore> {
  try {
    return await finish(options);
  } catch (error) {
    throw error instanceof UndoError ? new StartProblem(error.message, error) : error;
  }
}
