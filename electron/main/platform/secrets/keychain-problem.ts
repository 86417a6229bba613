/** From what the system's keychain answered to what a person is told. Pure. */
import type { Told } from '../../../../contract/rpc/connect-sayings.ts';
import { asSaid, say, SecretStoreError } from '../../../../gateway/index.ts';
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

  constructor(trouble: KeychainTrouble, why: string | Told) {
    super(trouble === 'locked' ? 'locked' : 'unavailable', why);
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
        say('keychain-silent', { name, seconds: failure.patience / 1_000 }),
      );
    case 'crashed':
      return new KeychainError(
        'failing',
        say(
          'keychain-ended',
          { name },
          undefined,
          `The process that speaks to the ${name} ended ${failure.how}. It is started again with the next attempt.`,
        ),
      );
    case 'unmarked':
      return new KeychainError('unmarked', say('keychain-unmarked', { name }));
    case 'failed':
      return platform === 'linux'
        ? secretServiceError(failure.message)
        : systemKeychainError(failure.message, name);
  }
}

/** The binding has no codes, only the words of the libraries below it. */
function secretServiceError(message: string): KeychainError {
  if (/IsLocked|locked object|prompt was dismissed/i.test(message)) {
    return new KeychainError('locked', say('keyring-locked'));
  }
  if (/not provided by any \.service files|ServiceUnknown|NameHasNoOwner/i.test(message)) {
    return new KeychainError('absent', say('secret-service-missing'));
  }
  if (/DBUS_SESSION_BUS_ADDRESS|autolaunch|Failed to connect to (?:socket|address)/i.test(message)) {
    return new KeychainError('absent', say('no-session-bus'));
  }
  if (/no result found/i.test(message)) {
    return new KeychainError('absent', say('no-default-keyring'));
  }
  if (/did not receive a reply|NoReply|timed out/i.test(message)) {
    return new KeychainError('failing', say('secret-service-silent'));
  }
  return otherError(message, 'Secret Service');
}

function systemKeychainError(message: string, name: string): KeychainError {
  return /cancel|denied|not allowed|locked|authoriz/i.test(message)
    ? new KeychainError('locked', say('keychain-refused', { name }, bounded(message)))
    : otherError(message, name);
}

function otherError(message: string, name: string): KeychainError {
  const trouble = /binding cannot be loaded/.test(message) ? 'absent' : 'failing';
  return new KeychainError(trouble, say('keychain-unusable', { name }, bounded(message)));
}

const bounded = (message: string): Told => asSaid(message.slice(0, 300).replace(/\.+$/, ''));
