/** The sealed file under a passphrase that the user gives: for systems without a keychain, with consent. */
import { existsSync } from 'node:fs';
import { RpcError } from '../../../../contract/rpc/errors.ts';
import {
  createSealedSecrets,
  parseMasterKey,
  SecretStoreError,
  type SecretStore,
} from '../../../../gateway/index.ts';

/** Stands for whether the file opens; made once, with the file itself, and deleted again. */
const PROBE = 'probe';

/**
 * Opens `file`, or makes it where there is none yet.
 * @throws RpcError `invalid_input` for a wrong passphrase, `unavailable` for a file that cannot be used; the file is
 * left as it is
 */
export async function openSealedPlace(file: string, passphrase: string): Promise<SecretStore> {
  const store = createSealedSecrets({ file, master: masterKeyOf(passphrase) });
  try {
    if (existsSync(file)) await isThere(store);
    else await make(store);
    return store;
  } catch (error) {
    if (!(error instanceof SecretStoreError)) throw error;
    if (error.problem !== 'locked') throw new RpcError('unavailable', error.message);
    throw new RpcError('invalid_input', `This passphrase does not open ${file}.`, 'passphrase');
  }
}

/** Reads the same passphrases and keys as SWITCHYARD_MASTER_KEY, so that either host opens the other's file. */
function masterKeyOf(passphrase: string) {
  try {
    return parseMasterKey(passphrase, 'The passphrase');
  } catch (error) {
    throw new RpcError('invalid_input', error instanceof Error ? error.message : String(error), 'passphrase');
  }
}

async function isThere(store: SecretStore): Promise<void> {
  try {
    await store.get(PROBE);
  } catch (error) {
    if (!(error instanceof SecretStoreError) || error.problem !== 'not-found') throw error;
  }
}

async function make(store: SecretStore): Promise<void> {
  await store.set(PROBE, PROBE);
  await store.delete(PROBE);
}
