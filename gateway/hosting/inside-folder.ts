/** Which file may be named as the log from outside: it is appended to, and what clients send stands in it. */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';

/** Letters that lead elsewhere on one system or another, or end a name early. */
const ODD = /[\u0000-\u001f\\:]/;

/**
 * True for a relative path below the folder that ends in `.log` and crosses no link.
 * @param folder may be reached through a link itself
 * @throws Error of node:fs where the folder cannot be looked into
 */
export async function isLogFileInside(folder: string, path: string): Promise<boolean> {
  const steps = path.split('/').filter((step) => step !== '.');
  if (ODD.test(path) || !/\.log$/i.test(path) || steps.some((step) => step === '' || step === '..'))
    return false;
  let place = folder;
  for (const step of steps) {
    place = join(place, step);
    const found = await lstat(place).catch(unlessMissing);
    // A link may lead to a file that is not there yet, too.
    if (found?.isSymbolicLink() === true) return false;
    if (found === undefined) return true;
  }
  return true;
}

function unlessMissing(error: unknown): undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
}
