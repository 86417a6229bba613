/** Which store keeps the keys that are added here: the sealed file where a master key is given, else memory. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createMemorySecrets, createSealedSecrets, parseMasterKey } from '../gateway/index.ts';
import type { SecretStore } from '../gateway/index.ts';
import { StartProblem } from './start-problem.ts';

const KEY = 'SWITCHYARD_MASTER_KEY';
const KEY_FILE = 'SWITCHYARD_MASTER_KEY_FILE';

/** @throws StartProblem when a master key is named but cannot be used; there is never a silent downgrade */
export async function openSecrets(
  environment: Readonly<Record<string, string | undefined>>,
  dataFolder: string,
): Promise<SecretStore> {
  const given = await masterKeyText(environment);
  if (given === undefined) return createMemorySecrets();
  try {
    const master = parseMasterKey(given.text, given.origin);
    return createSealedSecrets({ file: join(dataFolder, 'secrets.enc'), master });
  } catch (error) {
    throw new StartProblem(error instanceof Error ? error.message : String(error), error);
  }
}

async function masterKeyText(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly text: string; readonly origin: string } | undefined> {
  const text = environment[KEY];
  const path = environment[KEY_FILE];
  if (text !== undefined && path !== undefined) {
    throw new StartProblem(`${KEY} and ${KEY_FILE} are both set. Keep one of them.`);
  }
  if (text !== undefined) return { text, origin: KEY };
  if (path === undefined) return undefined;
  try {
    return { text: await readFile(path, 'utf8'), origin: `${KEY_FILE} (${path})` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartProblem(`${KEY_FILE} names a file that cannot be read: ${reason}.`, error);
  }
}
