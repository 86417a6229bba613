/** Procedures on back-ups. */
import { refusal, type RpcErrorCode } from '../../contract/rpc/errors.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { BackupState } from '../../contract/rpc/procedures/backup.ts';
import { BackupError, type BackupFault } from '../backup/problem.ts';
import { causeOf } from '../core/sayings.ts';
import type { ControlPorts } from './ports.ts';

type Names = 'backup.state' | 'backup.create' | 'backup.remove' | 'backup.restore' | 'backup.keepCurrent';

const CODES: Readonly<Record<BackupFault, RpcErrorCode>> = {
  damaged: 'invalid_input',
  newer: 'invalid_input',
  passphrase: 'invalid_input',
  cancelled: 'conflict',
  unavailable: 'unavailable',
};

export function backupHandlers({ backups }: Pick<ControlPorts, 'backups'>): Pick<Handlers, Names> {
  async function state(): Promise<BackupState> {
    const [list, waiting] = await told(Promise.all([backups.list(), backups.waiting()]));
    return {
      folder: backups.folder(),
      backups: list,
      waiting: waiting === undefined ? null : { created: waiting.created },
      problem: backups.problem(),
    };
  }

  return {
    'backup.state': state,
    'backup.create': ({ history, passphrase = null }, call) =>
      told(backups.make({ history, passphrase }, call)),
    async 'backup.remove'({ name }) {
      await told(backups.remove(name));
      return state();
    },
    'backup.restore': ({ name, passphrase = null }, call) =>
      told(backups.prepare({ name, passphrase }, call)),
    async 'backup.keepCurrent'() {
      await told(backups.drop());
      return state();
    },
  };
}

/** What files and secret store say is for the user to act on, so it is passed on. */
async function told<T>(act: Promise<T>): Promise<T> {
  try {
    return await act;
  } catch (error) {
    if (error instanceof BackupError) {
      const field = error.fault === 'passphrase' ? 'passphrase' : undefined;
      throw refusal(CODES[error.fault], error.told, field);
    }
    if (error instanceof Error && 'code' in error) throw refusal('unavailable', causeOf(error));
    throw error;
  }
}
