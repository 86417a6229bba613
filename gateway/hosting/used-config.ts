/**
 * Which configuration the gateway of a data folder ran with last, where that is not the folder's own. Commands find it
 * by this from wherever they are started, and take no file for it that merely lies there.
 */
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { replaceFile } from '../state/replace-file.ts';

const recordSchema = z.object({ path: z.string() });
const recordOf = (dataFolder: string): string => join(dataFolder, 'used-config.json');

/** The folder's own is not written down: a copy of the folder would lead to the file of the first one. */
export async function recordUsedConfig(dataFolder: string, path: string): Promise<void> {
  const record = recordOf(dataFolder);
  if (path === join(dataFolder, 'config.yaml')) await rm(record, { force: true });
  else await replaceFile(record, `${JSON.stringify({ path })}\n`);
}

/** @returns undefined where it is the folder's own, is gone, or none ran yet */
export async function usedConfig(dataFolder: string): Promise<string | undefined> {
  try {
    const { path } = recordSchema.parse(JSON.parse(await readFile(recordOf(dataFolder), 'utf8')));
    return (await stat(path)).isFile() ? path : undefined;
  } catch {
    return undefined;
  }
}
