/** Restoring a back-up, for hosts: with what this version knows of its own files. */
import type { BackupHead } from '../backup/format.ts';
import { prepareRestore, type PreparedRestore, type RestoreOrder } from '../backup/prepare.ts';
import {
  finishBegunRestore as finishBegun,
  finishRestore as finish,
  giveUpRestore as giveUp,
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
export const finishRestore = (options: FinishOptions): Promise<FinishedRestore> => told(finish(options));

/** A restore that was cut short is finished; one that waits waits on. @throws StartProblem as above */
export const finishBegunRestore = (options: FinishOptions): Promise<void> => told(finishBegun(options));

/** Drops a restore, and puts back what it has moved. @throws StartProblem where that cannot be */
export const giveUpRestore = (options: FinishOptions): ReturnType<typeof giveUp> => told(giveUp(options));

async function told<T>(act: Promise<T>): Promise<T> {
  try {
    return await act;
  } catch (error) {
    const known = error instanceof UndoError || error instanceof BackupError;
    throw known ? new StartProblem(error.message, error) : error;
  }
}
