/** The keychain store against a real gnome-keyring on a D-Bus session of its own (row 66 of the fault suite). */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../gateway/index.ts';
import { secretStoreSuite } from '../../../../gateway/testing/secret-store-suite.ts';
import { createHelperLink, type HelperLink } from './helper-link.ts';
import { createKeychainSecrets, serviceOf, type Keychain } from './keychain-secrets.ts';
import {
  isInstalled,
  missingPrograms,
  startKeyringSession,
  type KeyringSession,
} from './testing/keyring-session.ts';
import { startNodeHelper } from './testing/node-helper.ts';

const run = promisify(execFile);
const HELPER = new URL('./helper.ts', import.meta.url);
const skipped = missingPrograms.length > 0 && process.env['CI'] !== 'true';
const needs = skipped ? ` (needs ${missingPrograms.join(', ')})` : '';

let session: KeyringSession;
const links: HelperLink[] = [];

function openLink(environment = session.environment): HelperLink {
  const link = createHelperLink({ clock: systemClock, start: () => startNodeHelper(HELPER, environment) });
  links.push(link);
  return link;
}
const openKeychain = (service: string, environment = session.environment): Keychain =>
  createKeychainSecrets({ link: openLink(environment), platform: 'linux', service });
function closeLinks(): void {
  for (const link of links.splice(0)) link.close();
}

/** Keys of the kernel's own keyrings; nothing of ours may ever be among them. */
const kernelKeys = (): string => readFileSync('/proc/keys', 'utf8');

describe.skipIf(skipped)(`the contract on a real keyring${needs}`, () => {
  let stores = 0;
  beforeAll(async () => {
    session = await startKeyringSession();
    await session.startKeyring('unlocked');
  });
  afterAll(async () => {
    closeLinks();
    await session.stop();
  });

  secretStoreSuite('keychain', async () => {
    closeLinks();
    stores += 1;
    const keychain = openKeychain(`Switchyard test ${stores}`);
    await keychain.probe(true);
    return keychain;
  });

  it('keeps data folders apart', async () => {
    const usual = openKeychain(serviceOf('/home/u/switchyard', '/home/u/switchyard'));
    const other = openKeychain(serviceOf('/tmp/other', '/home/u/switchyard'));
    await usual.probe(true);
    await other.probe(true);
    await usual.set('openai/k1', 'of the usual one');
    await expect(other.get('openai/k1')).rejects.toMatchObject({ problem: 'not-found' });
    expect(await usual.get('openai/k1')).toBe('of the usual one');
  });

  it.skipIf(!isInstalled('secret-tool') && process.env['CI'] !== 'true')(
    'is found by other programs under its name (needs secret-tool)',
    async () => {
      const keychain = openKeychain('Switchyard shown');
      await keychain.probe(true);
      await keychain.set('openai/k1', 'sk-found-by-others');
      const search = ['lookup', 'service', 'Switchyard shown', 'username', 'openai/k1'];
      const { stdout } = await run('secret-tool', search, { env: session.environment });
      expect(stdout).toBe('sk-found-by-others');
      expect(kernelKeys()).not.toMatch(/switchyard|openai/i);
    },
  );
});

describe.skipIf(skipped)(`a keyring in trouble${needs}`, () => {
  let keychain: Keychain;

  beforeEach(async () => {
    session = await startKeyringSession();
    keychain = openKeychain('Switchyard');
  });
  afterEach(async () => {
    closeLinks();
    await session.stop();
  });

  async function withKey(): Promise<void> {
    await session.startKeyring('unlocked');
    await keychain.probe(true);
    await keychain.set('openai/k1', 'sk-kept');
  }

  it('no D-Bus session: unavailable, and nothing falls into the kernel’s keyring', async () => {
    const withoutBus = { ...session.environment, DBUS_SESSION_BUS_ADDRESS: undefined };
    const alone = openKeychain('Switchyard', withoutBus);
    const absent = {
      problem: 'unavailable',
      trouble: 'absent',
      message: expect.stringContaining('no D-Bus'),
    };
    await expect(alone.probe(true)).rejects.toMatchObject(absent);
    await expect(alone.set('openai/k1', 'sk-canary')).rejects.toMatchObject(absent);
    await expect(alone.get('openai/k1')).rejects.toMatchObject(absent);
    // The one act that goes without a look first; unpinned, it would be done, in the kernel's keyring.
    const mark = { act: 'mark', service: 'Switchyard', name: '', value: '' } as const;
    expect(await openLink(withoutBus).call(mark, 20_000)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('DBUS_SESSION_BUS_ADDRESS'),
    });
    expect(kernelKeys()).not.toMatch(/switchyard|openai/i);
  });

  it('a bus without a keyring: unavailable; it works when one is started', async () => {
    await expect(keychain.probe(true)).rejects.toMatchObject({
      problem: 'unavailable',
      trouble: 'absent',
      message: expect.stringContaining('No program of this session'),
    });
    await withKey();
    expect(await keychain.get('openai/k1')).toBe('sk-kept');
  });

  it('a keyring that was never set up has no place for keys, and says so', async () => {
    await session.startKeyring('locked');
    await expect(keychain.probe(true)).rejects.toMatchObject({
      trouble: 'absent',
      message: expect.stringContaining('no default keyring'),
    });
  });

  it('locked: never “no such key”, and no dialog is shown', async () => {
    await withKey();
    await session.lock();
    const locked = { problem: 'locked' };
    await expect(keychain.get('openai/k1')).rejects.toMatchObject(locked);
    await expect(keychain.get('openai/none')).rejects.toMatchObject(locked);
    await expect(keychain.set('openai/k1', 'other')).rejects.toMatchObject(locked);
    await expect(keychain.delete('openai/k1')).rejects.toMatchObject(locked);
    await expect(keychain.probe(false)).rejects.toMatchObject(locked);
    expect(session.dialogs()).toBe(0);
  });

  it('locked: the user’s wish shows the desktop’s dialog', async () => {
    await withKey();
    await session.lock();
    const opening = keychain.probe(true);
    const refused = expect(opening).rejects.toMatchObject({ problem: 'unavailable' });
    await expect.poll(() => session.dialogs()).toBe(1);
    closeLinks();
    await refused;
  });

  it('locked at log-in, unlocked later: the keys are there', async () => {
    await withKey();
    await session.killKeyring();
    await session.startKeyring('locked');
    await expect(keychain.get('openai/k1')).rejects.toMatchObject({ problem: 'locked' });
    await session.killKeyring();
    await session.startKeyring('unlocked');
    expect(await keychain.get('openai/k1')).toBe('sk-kept');
    expect(session.dialogs()).toBe(0);
  });

  it('killed while it is used: unavailable; the keys are there when it returns', async () => {
    await withKey();
    await session.killKeyring();
    await expect(keychain.get('openai/k1')).rejects.toMatchObject({
      problem: 'unavailable',
      trouble: 'absent',
    });
    await expect(keychain.set('openai/k2', 'lost')).rejects.toMatchObject({ problem: 'unavailable' });
    await session.startKeyring('unlocked');
    expect(await keychain.get('openai/k1')).toBe('sk-kept');
    await expect(keychain.get('openai/k2')).rejects.toMatchObject({ problem: 'not-found' });
  });

  it.each(['keyring', 'bus'] as const)(
    'the %s hangs: unavailable in time, and well again afterwards',
    async (what) => {
      await withKey();
      session.freeze(what);
      const calls = [keychain.get('openai/k1'), keychain.set('openai/k2', 'v'), keychain.delete('openai/k1')];
      for (const call of await Promise.allSettled(calls)) {
        expect(call).toMatchObject({
          status: 'rejected',
          reason: { problem: 'unavailable', message: expect.stringContaining('did not answer') },
        });
      }
      session.thaw(what);
      expect(await keychain.get('openai/k1')).toBe('sk-kept');
    },
  );
});
