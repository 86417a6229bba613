/** How much of the disk the request log occupies. */
import { stat } from 'node:fs/promises';

/** @returns bytes of the database and of its write-ahead log; 0 for what is not there yet */
export async function databaseSize(file: string): Promise<number> {
  const sizes = await Promise.all(
    [file, `${file}-wal`].map((path) =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
