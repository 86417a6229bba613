/** Which store keeps the keys that are added here: the sealed file where a master key is given, else memory. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createMemorySecrets, createSealedSecrets, parseMasterKey, StartProblem } from '../gateway/index.ts';
import type { SecretStore } from '../gateway/index.ts';

const KEY = 'SWITCHYARD_MASTER_KEY';
const KEY_FILE = 'SWITCHYARD_MASTER_KEY_FILE';

/** @throws StartProblem when a master key is named but cannot be used; there is never a silent downgrade */
export async function openSecrets(
  environment: Readonly<Record<string, string | undefined>>,
  dataFolder: string,
): Promise<SecretStore> {
  const file = join(dataFolder, 'secrets.enc');
  const given = await masterKeyText(environment);
  if (given === undefined) {
    if (!existsSync(file)) return createMemorySecrets();
    throw new StartProblem(
      `${file} holds keys, but no master key is given to open it. Set ${KEY} or ${KEY_FILE}; to go on without those keys, move the file away.`,
    );
  }
  try {
    return createSealedSecrets({ file, master: parseMasterKey(given.text, given.origin) });
  } catch (error) {
    throw new StartProblem(error instanceof Error ? error.message : String(error), error);
  }
}

async function masterKeyText(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly text: string; readonly origin: string } | undefined> {
  const text = environment[KEY] ?? '';
  const path = environment[KEY_FILE] ?? '';
  if (text !== '' && path !== '') {
    throw new StartProblem(`${KEY} and ${KEY_FILE} are both set. Keep one of them.`);
  }
  if (text !== '') return { text, origin: KEY };
  if (path === '') return undefined;
  try {
    return { text: await readFile(path, 'utf8'), origin: `${KEY_FILE} (${path})` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartProblem(`${KEY_FILE} names a file that cannot be read: ${reason}.`, error);
  }
}
