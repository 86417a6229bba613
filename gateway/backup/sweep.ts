/** Takes away what back-ups left that a kill or a loss of power cut short. What cannot be deleted is met again. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LOG_COPY } from './parts.ts';

const PARTIAL = /^switchyard-[\w-]+\.swbackup\.partial$/;
/** Where the folder is shared, another machine may be writing what was changed after that, ms. */
const IDLE = 3_600_000;

/** The copy of the log, with what SQLite keeps beside it. Only while no back-up is made of this data folder. */
export async function sweepLogCopy(dataFolder: string): Promise<void> {
  for (const name of await namesIn(dataFolder)) if (name.startsWith(LOG_COPY)) await drop(dataFolder, name);
}

/** Unfinished back-ups. @param now Unix ms */
export async function sweepPartials(folder: string, now: number): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (!PARTIAL.test(name)) continue;
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found !== undefined && found.mtimeMs < now - IDLE) await drop(folder, name);
  }
}

const namesIn = (folder: string): Promise<readonly string[]> => readdir(folder).catch(() => []);

const drop = (folder: string, name: string): Promise<void> =>
  rm(join(folder, name), { force: true }).catch(() => undefined);
