import { describe, expect, it } from 'vitest';
import { keychainError, keychainName } from './keychain-problem.ts';

/** As @napi-rs/keyring 2.1.2 said it on Linux. */
const LINUX = [
  [
    'Platform failure: DBus error: Using X11 for dbus-daemon autolaunch was disabled at compile time, set your DBUS_SESSION_BUS_ADDRESS instead',
    'absent',
    'no D-Bus session',
  ],
  [
    'Platform failure: DBus error: Failed to connect to socket /nonexistent: No such file or directory',
    'absent',
    'no D-Bus session',
  ],
  [
    'zbus error: Failed to connect to address `unix:path=/run/user/0/bus`: No such file or directory (os error 2)',
    'absent',
    'no D-Bus session',
  ],
  [
    'Platform failure: DBus error: The name org.freedesktop.secrets was not provided by any .service files',
    'absent',
    'No program of this session',
  ],
  ["Couldn't access platform storage: Secret Service: no result found", 'absent', 'no default keyring'],
  ["Couldn't access platform storage: Secret Service: unlock prompt was dismissed", 'locked', 'locked'],
  [
    'zbus error: org.freedesktop.Secret.Error.IsLocked: Cannot get secret of a locked object',
    'locked',
    'locked',
  ],
  [
    'Platform failure: DBus error: Did not receive a reply. Possible causes include: the remote application did not send a reply',
    'failing',
    'did not answer',
  ],
  ['the keychain binding cannot be loaded: Cannot find native binding.', 'absent', 'cannot be used'],
  ['something new', 'failing', 'The Secret Service cannot be used: something new.'],
] as const;

describe('what the keychain said', () => {
  it.each(LINUX)('%s', (message, trouble, says) => {
    const error = keychainError({ id: 1, kind: 'failed', message }, 'linux');
    expect(error.trouble).toBe(trouble);
    expect(error.message).toContain(says);
    expect(error.problem).toBe(trouble === 'locked' ? 'locked' : 'unavailable');
  });

  it.each([
    ['User canceled the operation.', 'locked'],
    ['User interaction is not allowed.', 'locked'],
    ['The specified item is too long.', 'failing'],
  ] as const)('on macOS: %s', (message, trouble) => {
    expect(keychainError({ id: 1, kind: 'failed', message }, 'darwin').trouble).toBe(trouble);
  });

  it('is told apart from saying nothing at all', () => {
    const hung = keychainError({ kind: 'hung', patience: 5_000 }, 'linux');
    expect(hung).toMatchObject({ problem: 'unavailable', trouble: 'failing' });
    expect(hung.message).toContain('did not answer within 5 s');
    const crashed = keychainError({ kind: 'crashed', how: 'with SIGSEGV' }, 'win32');
    expect(crashed).toMatchObject({ problem: 'unavailable', trouble: 'failing' });
    expect(crashed.message).toContain('Credential Manager ended with SIGSEGV');
  });

  it('is never taken for a missing key', () => {
    const failures = LINUX.map(([message]) => ({ id: 1, kind: 'failed', message }) as const);
    for (const failure of [...failures, { id: 1, kind: 'unmarked' } as const]) {
      expect(keychainError(failure, 'linux').problem).not.toBe('not-found');
    }
  });

  it('names the keychain as its users know it', () => {
    expect(['linux', 'darwin', 'win32'].map(keychainName)).toEqual([
      'Secret Service',
      'Keychain',
      'Credential Manager',
    ]);
  });
});
