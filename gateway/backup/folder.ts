/** The folder of back-ups: what lies in it, and letting go of the oldest that were made by themselves. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupFile } from '../../contract/rpc/procedures/backup.ts';
import { readHead } from './read.ts';

const ENDING = '.swbackup';
const SCHEDULED = 'switchyard-auto-';
/** Its maker, where it says so: earlier versions did not. */
const MAKER = /^switchyard-auto-(?:([0-9a-f]{8})-)?\d{4}-/;

/** @param now Unix ms @param maker of one that is made by itself, else null */
export function backupName(now: number, maker: string | null): string {
  const time = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
  return `${maker === null ? 'switchyard-' : `${SCHEDULED}${maker}-`}${time}${ENDING}`;
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

/** Whose back-ups are looked for. */
export interface Maker {
  readonly id: string;
  /** The folder is nobody else's, so that those without a maker are its own too. */
  readonly alone: boolean;
}

/**
 * What one maker made by itself, newest first. What is dated in the future was made by a clock that was wrong: when is
 * not known, so it is as if it were not there.
 * @param now Unix ms
 */
export async function scheduledBy(
  { id, alone }: Maker,
  folder: string,
  now: number,
): Promise<readonly BackupFile[]> {
  return (await listBackups(folder)).filter(({ name, created }) => {
    const found = MAKER.exec(name);
    return found !== null && created <= now && (found[1] === undefined ? alone : found[1] === id);
  });
}

/** Deletes what this maker made by itself beyond the newest `keep`. @param now Unix ms */
export async function forgetOldest(maker: Maker, folder: string, keep: number, now: number): Promise<void> {
  const scheduled = await scheduledBy(maker, folder, now);
  for (const { name } of scheduled.slice(keep)) await rm(join(folder, name), { force: true });
}
