/** The folder of back-ups: what lies in it, and letting go of the oldest that were made by themselves. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupFile } from '../../contract/rpc/procedures/backup.ts';
import { readHead } from './read.ts';

const ENDING = '.swbackup';
const SCHEDULED = 'switchyard-auto-';

/** @param now Unix ms */
export function backupName(now: number, scheduled: boolean): string {
  const time = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
  return `${scheduled ? SCHEDULED : 'switchyard-'}${time}${ENDING}`;
}

/** Newest first; a folder that is not there is empty. */
export async function listBackups(folder: string): Promise<readonly BackupFile[]> {
  const names = await readdir(folder).catch(() => []);
  const found: BackupFile[] = [];
  for (const name of names) {
    const file = name.endsWith(ENDING) ? await look(folder, name) : undefined;
    if (file !== undefined) found.push(file);
  }
  return found.toSorted((left, right) => right.created - left.created);
}

/** Undefined where there is no such file. */
export async function look(folder: string, name: string): Promise<BackupFile | undefined> {
  const path = join(folder, name);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || !found.isFile()) return undefined;
  const head = await readHead(path).catch(() => undefined);
  return {
    name,
    bytes: found.size,
    created: head?.created ?? found.mtimeMs,
    app: head?.app ?? null,
    history: head !== undefined && head.logSchema !== null,
    sealed: head !== undefined && head.seal !== null,
    scheduled: name.startsWith(SCHEDULED),
  };
}

/** Deletes what was made by itself beyond the newest `keep`. */
export async function forgetOldest(folder: string, keep: number): Promise<void> {
  const scheduled = (await listBackups(folder)).filter(({ scheduled: byItself }) => byItself);
  for (const { name } of scheduled.slice(keep)) await rm(join(folder, name), { force: true });
}
