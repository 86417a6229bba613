/**
 * Tells a data folder from others, whatever the machine is called by then: whose back-ups are whose in a folder that
 * several machines share, and whose cookie is whose in a browser.
 */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../state/replace-file.ts';

const ID = /^[0-9a-f]{8}$/;

/** Eight hexadecimal digits; made when first asked for. */
export async function folderId(dataFolder: string): Promise<string> {
  const path = join(dataFolder, 'folder-id');
  const found = (await readText(path)).trim();
  if (ID.test(found)) return found;
  const id = randomBytes(4).toString('hex');
  await replaceFile(path, `${id}\n`);
  return id;
}

/** Empty where there is none. One that cannot be read is no reason for another. */
async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
