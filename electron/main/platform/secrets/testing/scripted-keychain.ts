/** A keychain that fares as a test tells it. */
import { createMemorySecrets } from '../../../../../gateway/index.ts';
import { KeychainError, type KeychainTrouble } from '../keychain-problem.ts';
import type { Keychain } from '../keychain-secrets.ts';

export interface ScriptedKeychain extends Keychain {
  /** What is wrong with it from now on; null: nothing. */
  trouble: KeychainTrouble | null;
  /** What its user makes of the dialog: the trouble it leaves. */
  afterDialog: KeychainTrouble | null;
  /** Dialogs that were shown. */
  dialogs: number;
  /** Times it was looked at. */
  looks: number;
}

export function createScriptedKeychain(): ScriptedKeychain {
  const inner = createMemorySecrets();
  async function act<Answer>(run: () => Promise<Answer>): Promise<Answer> {
    await Promise.resolve();
    if (keychain.trouble !== null) throw new KeychainError(keychain.trouble, `It is ${keychain.trouble}.`);
    return run();
  }
  const keychain: ScriptedKeychain = {
    kind: 'keychain',
    trouble: null,
    afterDialog: null,
    dialogs: 0,
    looks: 0,
    get: (name) => act(() => inner.get(name)),
    set: (name, value) => act(() => inner.set(name, value)),
    delete: (name) => act(() => inner.delete(name)),
    probe(ask) {
      keychain.looks += 1;
      const { trouble } = keychain;
      if (ask && (trouble === 'unmarked' || trouble === 'locked')) {
        keychain.dialogs += 1;
        keychain.trouble = keychain.afterDialog;
      }
      return act(() => Promise.resolve());
    },
  };
  return keychain;
}
