/**
 * Where the desktop keeps its keys, and how that place fares. It is the store the engine is given: calls go to
 * the place that was chosen, and are refused with its problem while it cannot be used. The place is the keychain
 * unless the user consented to a sealed file; nothing else ever changes it, and no key is moved or deleted.
 */
import { refusal } from '../../../../contract/rpc/errors.ts';
import type { SecretPlace } from '../../../../contract/rpc/procedures/desktop.ts';
import type { Told } from '../../../../contract/rpc/connect-sayings.ts';
import {
  asSaid,
  causeOf,
  say,
  SecretStoreError,
  type Clock,
  type Logger,
  type SecretStore,
} from '../../../../gateway/index.ts';
import { KeychainError } from './keychain-problem.ts';
import type { Keychain } from './keychain-secrets.ts';
import type { Choice, PlaceChoice } from './place-choice.ts';

/** A place that cannot be used is looked at again this often, ms; no such look shows a dialog. */
const LOOK_AGAIN = 15_000;

export interface SecretPlaceManager extends SecretStore {
  /** How it fares now. */
  state(): SecretPlace;
  /** Settles once the place was looked at for the first time. Never rejects. */
  readonly opened: Promise<void>;
  /** The user's wish to try again: the system may show its unlock dialog. */
  retry(): Promise<SecretPlace>;
  /** The user's consent to the sealed file, or the passphrase it waits for. @throws RpcError */
  useSealed(passphrase: string): Promise<SecretPlace>;
  /** Looks at once, without a dialog, where something is wrong: after the machine woke up. */
  look(): void;
  close(): void;
}

export interface SecretPlacePorts {
  readonly keychain: Keychain;
  /** What people call the keychain. */
  readonly keychainName: string;
  readonly sealed: {
    readonly file: string;
    /** @throws RpcError */
    open(passphrase: string): Promise<SecretStore>;
  };
  readonly choice: PlaceChoice;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The state is another: keys that could not be read can be now, or the other way round. */
  readonly changed: () => void;
  /** The place is of no use any more: what it was made of can go. */
  readonly closed: () => void;
}

type Standing = Pick<SecretPlace, 'state' | 'message' | 'told'>;
const READY: Standing = { state: 'ready', message: null, told: null };
const troubled = (state: Standing['state'], told: Told): Standing => ({ state, message: told.text, told });

/** Begins to look at the place at once. */
export function createSecretPlace(ports: SecretPlacePorts): SecretPlaceManager {
  const { keychain, sealed, choice, clock, logger } = ports;
  let chosen: Choice | undefined;
  let opened: SecretStore | undefined;
  let standing = troubled('unavailable', say('keychain-opening', { name: ports.keychainName }));
  /** The system has shown its dialog for a keyring that holds nothing of ours; once is enough. */
  let asked = false;
  let turn: Promise<void> = Promise.resolve();
  let cancelLook: () => void = () => undefined;
  let closed = false;

  const state = (): SecretPlace => ({
    kind: chosen ?? 'keychain',
    name: chosen === 'sealed' ? sealed.file : ports.keychainName,
    ...standing,
  });

  function become(next: Standing): void {
    if (next.state === standing.state && next.message === standing.message) return;
    standing = next;
    if (next.message === null) logger.info('keys can be kept and read', { place: state().name });
    else logger.warn('keys can neither be kept nor read', { place: state().name, reason: next.message });
    ports.changed();
  }

  const isOpen = (): boolean => opened !== undefined;

  /** Never rejects. @param ask the user wants it, so the system may ask the user */
  async function open(ask: boolean): Promise<void> {
    if (isOpen()) return;
    cancelLook();
    try {
      chosen ??= await choice.read();
      if (chosen === 'sealed') {
        return become(troubled('sealed-locked', say('passphrase-needed', { path: sealed.file })));
      }
      await probe(ask);
      if (chosen === undefined) await choice.write('keychain');
      // The user may have chosen the sealed file meanwhile.
      if (isOpen()) return;
      chosen = 'keychain';
      opened = keychain;
      become(READY);
    } catch (error) {
      if (!isOpen()) fell(error);
    }
  }

  /** A keyring without our mark may be locked or new, and only a dialog can tell: it is shown once unasked. */
  async function probe(ask: boolean): Promise<void> {
    try {
      await keychain.probe(ask);
    } catch (error) {
      if (!(error instanceof KeychainError) || error.trouble !== 'unmarked' || asked) throw error;
      asked = true;
      await keychain.probe(true);
    }
  }

  function fell(error: unknown): void {
    opened = undefined;
    const trouble = error instanceof KeychainError ? error.trouble : 'failing';
    // A dialog that was dismissed says more than the look after it, which sees no mark.
    if (trouble !== 'unmarked' || standing.state !== 'locked') {
      const none = trouble === 'absent' && chosen === undefined;
      become(
        troubled(none ? 'no-keychain' : trouble === 'locked' ? 'locked' : 'unavailable', causeOf(error)),
      );
    }
    if (!closed) cancelLook = clock.after(LOOK_AGAIN, look);
  }

  /** One look after the other. */
  function openInTurn(ask: boolean): Promise<void> {
    turn = turn.then(() => open(ask));
    return turn;
  }

  const look = (): void => void openInTurn(false);

  /** @throws SecretStoreError with the place's problem while it cannot be used */
  async function use<Answer>(act: (store: SecretStore) => Promise<Answer>): Promise<Answer> {
    await firstLook;
    const store = opened;
    if (store === undefined) {
      const locked = standing.state === 'locked' || standing.state === 'sealed-locked';
      throw new SecretStoreError(locked ? 'locked' : 'unavailable', standing.told ?? asSaid(''));
    }
    try {
      return await act(store);
    } catch (error) {
      // A sealed file says of each record what is wrong with it; the keychain fails as a whole.
      if (error instanceof KeychainError && store === opened) fell(error);
      throw error;
    }
  }

  const firstLook = openInTurn(false);

  return {
    get kind() {
      return chosen ?? 'keychain';
    },
    get: (name) => use((store) => store.get(name)),
    set: (name, value) => use((store) => store.set(name, value)),
    delete: (name) => use((store) => store.delete(name)),
    state,
    opened: firstLook,
    async retry() {
      await openInTurn(true);
      return state();
    },
    async useSealed(passphrase) {
      await firstLook;
      if (isOpen() && chosen === 'keychain') {
        throw refusal('conflict', say('keychain-works', { name: ports.keychainName }));
      }
      const store = await sealed.open(passphrase);
      await choice.write('sealed');
      cancelLook();
      chosen = 'sealed';
      opened = store;
      become(READY);
      return state();
    },
    look,
    close() {
      closed = true;
      cancelLook();
      ports.closed();
    },
  };
}
