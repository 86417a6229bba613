/** Where a restore is prepared: a folder of the data folder, so that what lies in it is put into use by renames. */
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';
import * as z from 'zod/mini';
import type { SecretStore } from '../core/ports.ts';
import { causeOf, say } from '../core/sayings.ts';
import { CONVERSATIONS, LOG, LOG_SIDES, SIGNATURES, STATE_FILES } from './parts.ts';
import { BackupError } from './problem.ts';

/** Its owner only. */
export const FILE_MODE = 0o600;
export const FOLDER_MODE = 0o700;
/** Name in the secret store of the key that the prepared secrets are under. */
export const STAGING_KEY = 'switchyard/restore';
/** What the folder of what was in use before is called, up to its time. */
export const KEPT = 'before-restore-';
/** In that folder: a restored configuration whose place is not to be had. */
export const ASIDE = 'config.restored.yaml';

const journalSchema = z.object({
  version: z.literal(1),
  /** Unix ms at which it was prepared; names the folder that keeps what was there before. */
  at: z.number(),
  /** Of the back-up. */
  created: z.number(),
  app: z.string(),
  parts: z.array(z.string()),
  /** Where its configuration goes, as `placeOf` has it; absent in those of earlier versions. */
  config: z.optional(z.string()),
});
/** What is to be done. Where it lies in the staging folder, everything it speaks of is there, whole and synced. */
export type Journal = z.output<typeof journalSchema>;

export interface Staging {
  readonly folder: string;
  /** Prepared files under the names of their parts. */
  readonly files: string;
  readonly secrets: string;
  /** The keys that those replace, sealed the same way. */
  readonly before: string;
  readonly journal: string;
  /** Lies there once the prepared secrets are where they belong: what follows needs the secret store no more. */
  readonly taken: string;
  /** Lies there once everything that is replaced has been put away. */
  readonly cleared: string;
}

export function stagingIn(dataFolder: string): Staging {
  const folder = join(dataFolder, 'restore');
  return {
    folder,
    files: join(folder, 'files'),
    secrets: join(folder, 'secrets.sealed'),
    before: join(folder, 'before.sealed'),
    journal: join(folder, 'ready.json'),
    taken: join(folder, 'taken'),
    cleared: join(folder, 'cleared'),
  };
}

/** A path by which to know a place again; within the data folder it is of use where that was moved, too. */
export function placeOf(path: string, dataFolder: string): string {
  const within = relative(dataFolder, path);
  return within.startsWith('..') || isAbsolute(within) ? path : within;
}

/** Where what was in use before is kept. */
export const keptIn = (dataFolder: string, { at }: Journal): string =>
  join(dataFolder, `${KEPT}${new Date(at).toISOString().slice(0, 23).replaceAll(/[:.]/g, '-')}`);

/** What a back-up of this kind replaces, whether it holds it or not: what was not there then is not there after. */
export const replacedBy = ({ parts }: Journal): readonly string[] =>
  parts.includes(LOG) ? [...STATE_FILES, LOG, ...LOG_SIDES, SIGNATURES, CONVERSATIONS] : STATE_FILES;

/** The restore that waits to be put into use; undefined without one. @throws BackupError where nobody can tell */
export async function waitingRestore(dataFolder: string): Promise<Journal | undefined> {
  const { journal } = stagingIn(dataFolder);
  const text = await readFile(journal, 'utf8').catch((error: unknown) => {
    const cause = causeOf(error);
    if (cause.code === 'not-there') return '';
    throw new BackupError('unavailable', say('backup-unread', { path: journal }, cause));
  });
  try {
    return journalSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Whether a restore has changed something already, and was cut short. */
export async function hasBegun(dataFolder: string): Promise<boolean> {
  if ((await waitingRestore(dataFolder)) === undefined) return false;
  const { before, taken } = stagingIn(dataFolder);
  const there = await Promise.all([before, taken].map((path) => stat(path).catch(() => undefined)));
  return there.some((found) => found !== undefined);
}

/** Drops whatever was prepared. The journal goes first: without it nothing here is ever used. */
export async function dropRestore(
  dataFolder: string,
  secrets: Pick<SecretStore, 'delete'> | null,
): Promise<void> {
  const staging = stagingIn(dataFolder);
  await rm(staging.journal, { force: true });
  // Nor may a loss of power bring it back after what it speaks of is gone.
  await syncFolder(staging.folder).catch(() => undefined);
  // A store that does not answer must not keep the rest; a key without what it opens is of no use to anybody.
  await secrets?.delete(STAGING_KEY).catch(() => undefined);
  await rm(staging.folder, { recursive: true, force: true });
}

/** Writes a small file so that it is there whole or not at all, also after a loss of power. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const aside = `${path}.next`;
  const handle = await open(aside, 'w', FILE_MODE);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, path);
  await syncFolder(dirname(path));
}

/** Windows has no such call and needs none. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
