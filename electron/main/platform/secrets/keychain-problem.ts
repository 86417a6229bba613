/** From what the system's keychain answered to what a person is told. Pure. */
import { SecretStoreError } from '../../../../gateway/index.ts';
import type { LinkAnswer } from './helper-link.ts';

/** What kind of trouble it is, for whoever decides what comes next. */
export type KeychainTrouble =
  /** This system has no keychain that could be used. */
  | 'absent'
  /** There is one, without the mark: a new one, or not the one that was used before. */
  | 'unmarked'
  /** It waits for its user. */
  | 'locked'
  /** It hangs, the helper crashed, or it refused for a reason of its own. */
  | 'failing';

export class KeychainError extends SecretStoreError {
  readonly trouble: KeychainTrouble;

  constructor(trouble: KeychainTrouble, message: string) {
    super(trouble === 'locked' ? 'locked' : 'unavailable', message);
    this.name = 'KeychainError';
    this.trouble = trouble;
  }
}

/** What people call the keychain of a platform. */
export function keychainName(platform: string): string {
  if (platform === 'darwin') return 'Keychain';
  return platform === 'win32' ? 'Credential Manager' : 'Secret Service';
}

type Failure = Exclude<LinkAnswer, { kind: 'done' }>;

/** The error behind an answer that is not the wished one. */
export function keychainError(failure: Failure, platform: string): KeychainError {
  const name = keychainName(platform);
  switch (failure.kind) {
    case 'hung':
      return new KeychainError(
        'failing',
        `The ${name} did not answer within ${failure.patience / 1_000} s. If it stays so, log out and in again, or restart the program that holds your keyring.`,
      );
    case 'crashed':
      return new KeychainError(
        'failing',
        `The process that speaks to the ${name} ended ${failure.how}. It is started again with the next attempt.`,
      );
    case 'unmarked':
      return new KeychainError(
        'unmarked',
        `The ${name} is not the one Switchyard has used before, or it hides what it holds while it is locked. Unlock it and try again.`,
      );
    case 'failed':
      return platform === 'linux'
        ? secretServiceError(failure.message)
        : systemKeychainError(failure.message, name);
  }
}

/** The binding has no codes, only the words of the libraries below it. */
function secretServiceError(message: string): KeychainError {
  if (/IsLocked|locked object|prompt was dismissed/i.test(message)) {
    return new KeychainError('locked', 'The keyring is locked. Unlock it, then try again.');
  }
  if (/not provided by any \.service files|ServiceUnknown|NameHasNoOwner/i.test(message)) {
    return new KeychainError(
      'absent',
      'No program of this session offers the Secret Service. Install or start one, such as gnome-keyring, KWallet or KeePassXC.',
    );
  }
  if (/DBUS_SESSION_BUS_ADDRESS|autolaunch|Failed to connect to (?:socket|address)/i.test(message)) {
    return new KeychainError(
      'absent',
      'There is no D-Bus session, so the Secret Service cannot be reached. Start Switchyard from within your desktop session.',
    );
  }
  if (/no result found/i.test(message)) {
    return new KeychainError(
      'absent',
      'The Secret Service has no default keyring yet. Create one with the password program of your desktop (Passwords and Keys, or KWallet).',
    );
  }
  if (/did not receive a reply|NoReply|timed out/i.test(message)) {
    return new KeychainError(
      'failing',
      'The Secret Service did not answer. If it stays so, log out and in again, or restart the program that holds your keyring.',
    );
  }
  return otherError(message, 'Secret Service');
}

function systemKeychainError(message: string, name: string): KeychainError {
  return /cancel|denied|not allowed|locked|authoriz/i.test(message)
    ? new KeychainError('locked', `The ${name} did not let Switchyard in: ${bounded(message)}.`)
    : otherError(message, name);
}

function otherError(message: string, name: string): KeychainError {
  const trouble = /binding cannot be loaded/.test(message) ? 'absent' : 'failing';
  return new KeychainError(trouble, `The ${name} cannot be used: ${bounded(message)}.`);
}

const bounded = (message: string): string => message.slice(0, 300).replace(/\.+$/, '');
