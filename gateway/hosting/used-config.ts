/**
 * Which configuration the gateway of a data folder ran with last. Commands find it by this from wherever they are
 * started, and take no file for it that merely lies there.
 */
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { replaceFile } from '../state/replace-file.ts';

/** Of the folder itself. */
const OWN = 'config.yaml';
/** Relative to the data folder. */
const recordSchema = z.object({ path: z.string() });
const recordOf = (dataFolder: string): string => join(dataFolder, 'used-config.json');

/** The folder's own is written down by its name alone: a copy of the folder must not lead to the file of the first one. */
export async function recordUsedConfig(dataFolder: string, location: string): Promise<void> {
  const path = location === join(dataFolder, OWN) ? OWN : location;
  await replaceFile(recordOf(dataFolder), `${JSON.stringify({ path })}\n`);
}

/** The folder's own may be missing, and is the one where the other that was used is gone. @returns undefined where none ran yet */
export async function usedConfig(dataFolder: string): Promise<string | undefined> {
  const record = await readFile(recordOf(dataFolder), 'utf8').catch(() => undefined);
  if (record === undefined) return undefined;
  const own = join(dataFolder, OWN);
  try {
    const path = resolve(dataFolder, recordSchema.parse(JSON.parse(record)).path);
    return (await stat(path)).isFile() ? path : own;
  } catch {
    return own;
  }
}
