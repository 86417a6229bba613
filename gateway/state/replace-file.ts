/** Files of the data folder that are replaced as a whole. */
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Writes aside, makes sure that it is on the disk, and renames: whoever reads finds the old content or the new, also
 * after a crash. Mode 0600. @throws what the file system says; nothing is left beside the file then
 */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const aside = join(dirname(path), `.${basename(path)}.tmp`);
  try {
    const file = await open(aside, 'w', 0o600);
    try {
      // One that a crash left here keeps the mode it had.
      await file.chmod(0o600);
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}
