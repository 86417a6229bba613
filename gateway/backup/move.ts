/** Moves what lies in a data folder by a rename; where that cannot be, because it is a mount of its own, piece by piece. */
import { copyFile, lstat, mkdir, open, readdir, rename as systemRename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FOLDER_MODE, syncFolder } from './staging.ts';

/** Of a folder that is a mount, or the part of one that a kill left behind. */
const IN_PIECES: ReadonlySet<unknown> = new Set(['EBUSY', 'EXDEV', 'ENOTEMPTY', 'EEXIST']);
/** Belongs to the file system that is mounted. */
const LOST = 'lost+found';

export type Rename = (from: string, to: string) => Promise<void>;

/**
 * It can be repeated after a kill: nothing goes before it is whole at its new place.
 * @param rename the system's, unless a test has one that refuses what mounts do
 */
export async function move(from: string, to: string, rename: Rename = systemRename): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (!IN_PIECES.has(code)) throw error;
    if ((await lstat(from)).isDirectory()) await moveContent(from, to, rename);
    else if (code === 'EXDEV') await moveFile(from, to);
    else throw error;
  }
}

async function moveContent(from: string, to: string, rename: Rename): Promise<void> {
  await mkdir(to, { recursive: true, mode: FOLDER_MODE });
  for (const name of await readdir(from))
    if (name !== LOST) await move(join(from, name), join(to, name), rename);
  await syncFolder(to);
  // A mount stays.
  await rmdir(from).catch(() => undefined);
}

async function moveFile(from: string, to: string): Promise<void> {
  const aside = `${to}.partial`;
  try {
    await copyFile(from, aside);
    const handle = await open(aside, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    await systemRename(aside, to);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  await syncFolder(dirname(to));
  await rm(from);
}
