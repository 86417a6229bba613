/** The variables a start sees: the process's own, over those of `.env` in the working folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { StartProblem } from '../start-problem.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** At once: the desktop app must know its data folder before it waits for anything. @throws StartProblem when there is a `.env` that cannot be read */
export function loadEnvironment(own: Environment, workingFolder: string): Environment {
  const path = join(workingFolder, '.env');
  try {
    return { ...parseEnv(readFileSync(path, 'utf8')), ...own };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return own;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartProblem(`${path} cannot be read: ${reason}. Make it readable or move it away.`, error);
  }
}
