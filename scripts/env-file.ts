/** What a script must know of `.env` before it starts a host, which reads the file for itself. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

/** @returns empty where it is not set there; what is wrong with the file is the host's to say */
export function variableOfFile(name: string, folder: string): string {
  try {
    return parseEnv(readFileSync(join(folder, '.env'), 'utf8').replace(/^\ufeff/, ''))[name] ?? '';
  } catch {
    return '';
  }
}
