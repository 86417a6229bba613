/** The variables a start sees: the process's own, over those of `.env` in the working folder. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { StartProblem } from '../gateway/index.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** @throws StartProblem when there is a `.env` that cannot be read */
export async function loadEnvironment(own: Environment, workingFolder: string): Promise<Environment> {
  const path = join(workingFolder, '.env');
  try {
    return { ...parseEnv(await readFile(path, 'utf8')), ...own };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return own;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartProblem(`${path} cannot be read: ${reason}. Make it readable or move it away.`, error);
  }
}

const DRAIN = 'SWITCHYARD_DRAIN_SECONDS';
const DEFAULT_DRAIN_SECONDS = 120;

/** Time that running requests get to end at shutdown, ms. @throws StartProblem for anything but 0 to 3600 seconds */
export function drainDeadline(environment: Environment): number {
  const text = environment[DRAIN]?.trim() || String(DEFAULT_DRAIN_SECONDS);
  const seconds = /^\d{1,4}$/.test(text) ? Number(text) : Infinity;
  if (seconds <= 3_600) return seconds * 1_000;
  throw new StartProblem(`${DRAIN} is a whole number of seconds from 0 to 3600.`);
}
