/** The sealed file under a passphrase that the user gives: for systems without a keychain, with consent. */
import { existsSync } from 'node:fs';
import { refusal } from '../../../../contract/rpc/errors.ts';
import { SAID } from '../../../../contract/rpc/schema-sayings.ts';
import {
  causeOf,
  createSealedSecrets,
  parseMasterKey,
  say,
  type SecretStore,
  SecretStoreError,
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
    if (error.problem !== 'locked') throw refusal('unavailable', error.told);
    throw refusal('invalid_input', say('passphrase-not-opening', { path: file }), 'passphrase');
  }
}

/** Reads the same passphrases and keys as SWITCHYARD_MASTER_KEY, so that either host opens the other's file. */
function masterKeyOf(passphrase: string) {
  try {
    return parseMasterKey(passphrase, 'The passphrase');
  } catch (error) {
    const { text } = causeOf(error);
    throw refusal('invalid_input', { ...SAID.passphrase, text }, 'passphrase');
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
