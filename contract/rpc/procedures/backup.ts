/** Back-ups: one file each, in one folder. A restore is prepared here and comes into use with the next start. */
import * as z from 'zod/mini';
import type { Told } from '../connect-sayings.ts';
import { define, nothing } from '../define.ts';
import { SAID } from '../schema-sayings.ts';

/** A back-up of the folder. */
export interface BackupFile {
  /** `switchyard-2026-11-26T09-00-00.swbackup` */
  readonly name: string;
  readonly bytes: number;
  /** Unix ms. */
  readonly created: number;
  /** Version of the app that made it; null where the file cannot be read, or is of a later format. */
  readonly app: string | null;
  readonly history: boolean;
  /** It is under a passphrase and holds the keys. */
  readonly sealed: boolean;
  /** It was made by itself, and goes when its maker has too many of these. */
  readonly scheduled: boolean;
}

export interface BackupState {
  readonly folder: string;
  /** Newest first. */
  readonly backups: readonly BackupFile[];
  /** A restore that comes into use with the next start; null without one. */
  readonly waiting: { readonly created: number } | null;
  /** Why the last copy that was due could not be made; null when it could. */
  readonly problem: Told | null;
}

/** What a prepared restore brings. */
export interface RestorePrepared {
  readonly created: number;
  readonly app: string;
  readonly history: boolean;
  /** Keys that come with it. */
  readonly secrets: number;
  /** Secrets that stood in its configuration are not in it and have to be entered again. */
  readonly hidden: boolean;
}

/** Of a file in the folder of back-ups. */
export const backupName = z
  .string()
  .check(z.maxLength(200), z.regex(/^[\w.-]+\.swbackup$/, SAID.backupName.text));
const passphrase = z.string().check(z.minLength(12, SAID.passphrase.text), z.maxLength(1_024));

export const backupProcedures = {
  'backup.state': define(nothing).returns<BackupState>(),
  /** Makes one now. With a passphrase it is sealed and holds the keys, without one neither. Tells how far it is, from 0 to 1. */
  'backup.create': define(
    z.strictObject({ history: z._default(z.boolean(), true), passphrase: z.optional(passphrase) }),
  )
    .tells<number>()
    .returns<BackupFile>(),
  'backup.remove': define(z.strictObject({ name: backupName })).returns<BackupState>(),
  /** Checks the whole of one and prepares its restore. Nothing changes before the next start. */
  'backup.restore': define(
    z.strictObject({ name: backupName, passphrase: z.optional(z.string().check(z.maxLength(1_024))) }),
  )
    .tells<number>()
    .returns<RestorePrepared>(),
  /** Drops a prepared restore. */
  'backup.keepCurrent': define(nothing).returns<BackupState>(),
};
