/** Secrets in the system's keychain: one item per key, spoken to through the helper process alone. */
import { createHash } from 'node:crypto';
import { say, SecretStoreError, type SecretStore } from '../../../../gateway/index.ts';
import type { HelperLink, LinkAnswer } from './helper-link.ts';
import type { KeychainAct } from './helper-messages.ts';
import { KeychainError, keychainError } from './keychain-problem.ts';

/**
 * How long an act may take, ms. On Linux and Windows no act shows a dialog, so that five seconds of silence
 * mean that something hangs.
 */
const PATIENCE = 5_000;
/**
 * The same where the system may be asking its user: on Linux for the keyring's password, in the one act that
 * lets it and only after a check was answered in time; on macOS in any act, whether the app may read the item.
 * The dialog goes away with the helper.
 */
const PATIENCE_WITH_USER = 60_000;

/** Where the probe writes, reads and deletes. */
const PROBE = 'probe';

export interface Keychain extends SecretStore {
  readonly kind: 'keychain';
  /**
   * Proves the keychain: writes, reads and deletes an item.
   * @param ask lets the system show its unlock dialog first where it has one; without it, none is ever shown
   * @throws KeychainError
   */
  probe(ask: boolean): Promise<void>;
}

export interface KeychainOptions {
  readonly link: HelperLink;
  readonly platform: string;
  /** See `serviceOf`. */
  readonly service: string;
}

/** Items of the usual data folder stand under `Switchyard`; those of any other under a name of their own. */
export function serviceOf(dataFolder: string, usualFolder: string): string {
  if (dataFolder === usualFolder) return 'Switchyard';
  return `Switchyard ${createHash('sha256').update(dataFolder).digest('hex').slice(0, 12)}`;
}

/** A keychain has to be probed before it is used: the first probe leaves the mark that every other act looks for. */
export function createKeychainSecrets({ link, platform, service }: KeychainOptions): Keychain {
  const usual = platform === 'darwin' ? PATIENCE_WITH_USER : PATIENCE;

  const call = (
    { act, name = '', value = '' }: Partial<KeychainAct> & Pick<KeychainAct, 'act'>,
    patience = usual,
  ) => link.call({ act, service, name, value }, patience);

  function valueOf(answer: LinkAnswer): string | null {
    if (answer.kind === 'done') return answer.value;
    throw keychainError(answer, platform);
  }

  const get = async (name: string): Promise<string> => {
    const value = valueOf(await call({ act: 'get', name }));
    if (value !== null) return value;
    throw new SecretStoreError('not-found', `There is no secret named ${name} in the keychain.`);
  };
  const set = async (name: string, value: string): Promise<void> => {
    valueOf(await call({ act: 'set', name, value }));
  };
  const remove = async (name: string): Promise<void> => {
    valueOf(await call({ act: 'delete', name }));
  };

  /** Leaving the mark opens a keyring with its user's help; whether it can help, a check says in time. */
  async function openWithUser(): Promise<void> {
    const checked = await call({ act: 'check' });
    if (checked.kind === 'done') return;
    const error = keychainError(checked, platform);
    if (error.trouble !== 'unmarked' && error.trouble !== 'locked') throw error;
    const marked = await call({ act: 'mark' }, PATIENCE_WITH_USER);
    if (marked.kind !== 'hung') valueOf(marked);
    else throw new KeychainError('locked', say('keyring-not-unlocked'));
  }

  return {
    kind: 'keychain',
    get,
    set,
    delete: remove,
    async probe(ask) {
      if (ask) await openWithUser();
      const value = crypto.randomUUID();
      await set(PROBE, value);
      if ((await get(PROBE)) !== value) {
        throw keychainError(
          { id: 0, kind: 'failed', message: 'it gave back other text than it was given' },
          platform,
        );
      }
      await remove(PROBE);
    },
  };
}
