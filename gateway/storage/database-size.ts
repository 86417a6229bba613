/** How much of the disk the request log occupies. */
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isOldCopy } from './old-copy.ts';

/** @returns bytes of the database, of its write-ahead log and of its copies; 0 for what is not there yet */
export async function databaseSize(file: string): Promise<number> {
  const folder = dirname(file);
  const name = basename(file);
  const copies = (await readdir(folder).catch(() => [])).filter((other) => isOldCopy(name, other));
  const sizes = await Promise.all(
    [name, `${name}-wal`, ...copies].map((one) =>
      stat(join(folder, one)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
