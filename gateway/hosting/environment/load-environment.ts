/** The variables a start sees: the process's own, over those of `.env` in the working folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { StartProblem } from '../start-problem.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * At once: the desktop app must know its data folder before it waits for anything.
 * @returns what is set over what stands in the file; set to nothing counts as not set
 * @throws StartProblem when there is a `.env` that cannot be read
 */
export function loadEnvironment(own: Environment, workingFolder: string): Environment {
  const path = join(workingFolder, '.env');
  const text = textOf(path);
  // On Windows the process's own are found in any case, a copy's are not.
  if (text === '') return own;
  const file = parseEnv(text);
  const set = Object.entries(own).filter(([name, value]) => value !== '' || file[name] === undefined);
  return { ...file, ...Object.fromEntries(set) };
}

/** Empty where there is none. */
function textOf(path: string): string {
  let text: string;
  try {
    // A byte order mark would become part of the first name.
    text = readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartProblem(`${path} cannot be read: ${reason}. Make it readable or move it away.`, error);
  }
  if (!text.includes('\0')) return text;
  throw new StartProblem(
    `${path} is not text in UTF-8 but probably UTF-16, as older PowerShells write it. Save it as UTF-8.`,
  );
}
