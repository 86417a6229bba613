/** Where `switchyard backup --to` puts what was made. */
import { copyFile, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BackupError, backupHead, StartProblem } from '../../gateway/index.ts';

/** The system's, unless a test has one that refuses. */
export interface Disk {
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly copyFile: (from: string, to: string) => Promise<void>;
}

/** Ends a path that means a folder. */
const FOLDER = /[/\\]$/;

/**
 * Only what is new, or a back-up itself, is put there.
 * @param asked as it was typed
 * @throws StartProblem, before anything is made
 */
export async function refuseTarget(to: string, asked = to): Promise<void> {
  const found = await stat(to).catch(() => undefined);
  if (found?.isDirectory() === true) return;
  if (FOLDER.test(asked)) throw new StartProblem(`There is no folder ${to}. Nothing was made.`);
  if (found === undefined) {
    if (await isFolder(dirname(to))) return;
    throw new StartProblem(`There is no folder ${dirname(to)}. Nothing was made.`);
  }
  if (!found.isFile()) throw new StartProblem(`${to} is no file and no folder. Nothing was made.`);
  // As programs make them that only want a name.
  if (found.size === 0 || (await isBackup(to))) return;
  throw new StartProblem(`${to} is no back-up, and is not replaced by one. Nothing was made.`);
}

/** @param to a file, or a folder that is there @returns where it lies now @throws StartProblem; it lies where it did then */
export async function moveBackup(
  from: string,
  to: string,
  disk: Disk = { rename, copyFile },
): Promise<string> {
  const target = (await isFolder(to)) ? join(to, basename(from)) : to;
  try {
    await disk.rename(from, target).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
      return copyAcross(from, target, disk);
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartProblem(
      `The back-up lies whole in ${from}; it cannot be moved to ${target}: ${reason}`,
      error,
    );
  }
  return target;
}

async function copyAcross(from: string, to: string, disk: Disk): Promise<void> {
  const aside = `${to}.partial`;
  try {
    await disk.copyFile(from, aside);
    const handle = await open(aside, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    await disk.rename(aside, to);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  // There are two of it where this one stays.
  await rm(from, { force: true }).catch(() => undefined);
}

/** Of any version. */
const isBackup = (path: string): Promise<boolean> =>
  backupHead(path).then(
    () => true,
    (error: unknown) => error instanceof BackupError && error.fault === 'newer',
  );

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
