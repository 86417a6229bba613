/** What is wrong with a back-up, or with what was asked of it, for the user. Nothing was changed. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';

export type BackupFault =
  /** Not whole: cut short or changed since it was written, or no back-up at all. */
  | 'damaged'
  /** Written by a later version. */
  | 'newer'
  /** It has a passphrase, and none or another one was given. */
  | 'passphrase'
  /** Taken back by the caller. */
  | 'cancelled'
  /** Cannot be done here and now. */
  | 'unavailable';

export class BackupError extends Error {
  readonly fault: BackupFault;
  readonly told: Told;

  constructor(fault: BackupFault, told: Told) {
    super(told.text);
    this.name = 'BackupError';
    this.fault = fault;
    this.told = told;
  }
}
