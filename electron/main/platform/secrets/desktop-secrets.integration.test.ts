/** A gateway on the desktop's place for keys, over a real gnome-keyring that comes and goes (row 66 of the fault suite). */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock, type Logger } from '../../../../gateway/index.ts';
import { startFakeUpstream, type FakeUpstream } from '../../../../gateway/testing/fake-upstream.ts';
import { ANSWER } from '../../../../gateway/testing/openai-wire.ts';
import {
  KEY_ONE,
  memoryFile,
  startTestGateway,
  type TestGateway,
} from '../../../../gateway/testing/test-gateway.ts';
import { openDesktopSecrets } from './desktop-secrets.ts';
import type { SecretPlaceManager } from './secret-place.ts';
import { missingPrograms, startKeyringSession, type KeyringSession } from './testing/keyring-session.ts';
import { startNodeHelper } from './testing/node-helper.ts';

const skipped = missingPrograms.length > 0 && process.env['CI'] !== 'true';
const needs = skipped ? ` (needs ${missingPrograms.join(', ')})` : '';
const PASSPHRASE = 'correct horse battery';
const quiet = (): void => undefined;
const logger: Logger = { debug: quiet, info: quiet, warn: quiet, error: quiet };

let session: KeyringSession;
let upstream: FakeUpstream;
let folder: string;
let file: ReturnType<typeof memoryFile>;
let running: { readonly gateway: TestGateway; readonly place: SecretPlaceManager } | undefined;

beforeEach(async () => {
  session = await startKeyringSession();
  upstream = await startFakeUpstream();
  upstream.script((request) => request.json(200, ANSWER));
  folder = await mkdtemp(join(tmpdir(), 'switchyard-desktop-'));
  file = memoryFile(
    `providers: [{ id: one, dialect: openai-chat, base_url: "${upstream.url}", allow_private_network: true, models: [m] }]\n`,
  );
});
afterEach(async () => {
  await quit();
  await session.stop();
  await upstream.close();
  await rm(folder, { recursive: true, force: true });
});

/** The app, started again as often as a test likes, always on the same configuration and data folder. */
async function start() {
  let gateway: TestGateway | null = null;
  const place = openDesktopSecrets({
    dataFolder: folder,
    usualFolder: '/home/u/.config/switchyard',
    platform: 'linux',
    startHelper: () => startNodeHelper(new URL('./helper.ts', import.meta.url), session.environment),
    clock: systemClock,
    logger,
    changed: () => void gateway?.gateway.readSecrets(),
  });
  gateway = await startTestGateway('', { configFile: file, secrets: place });
  running = { gateway, place };
  const { call, chat } = gateway;
  const ask = async (): Promise<unknown> => {
    const answer = await chat({ model: 'one/m', messages: [{ role: 'user', content: 'hello' }] });
    return answer.status === 200 ? 200 : answer.json();
  };
  return { gateway, place, call, ask };
}

async function quit(): Promise<void> {
  await running?.gateway.stop();
  running?.place.close();
  running = undefined;
}

const unavailable = (says: string) => ({
  error: { code: 'secrets_unavailable', message: expect.stringContaining(says) },
});

async function keepKey(): Promise<void> {
  const { place, call } = await start();
  await place.opened;
  expect(await call('keys.add', { provider: 'one', value: KEY_ONE })).toMatchObject({
    ok: true,
    data: { storage: 'stored' },
  });
  await quit();
}

describe.skipIf(skipped)(`keys on the desktop${needs}`, () => {
  it('are in the keychain only, and there after a restart', async () => {
    await session.startKeyring('unlocked');
    await keepKey();
    expect(file.text).not.toContain(KEY_ONE);
    for (const name of await readdir(folder)) {
      expect(await readFile(join(folder, name), 'utf8')).not.toContain(KEY_ONE);
    }
    const { ask } = await start();
    expect(await ask()).toBe(200);
    expect(upstream.requests[0]?.headers['authorization']).toBe(`Bearer ${KEY_ONE}`);
  });

  it('of a locked keyring: the gateway runs and says so; unlocked, they work without a restart', async () => {
    await session.startKeyring('unlocked');
    await keepKey();
    await session.lock();
    const { ask, call, place } = await start();
    expect(await ask()).toMatchObject(unavailable('The keyring is locked'));
    expect(place.state().state).toBe('locked');
    expect(await call('gateway.status')).toMatchObject({
      data: { problems: [{ code: 'secrets_unavailable' }] },
    });
    await session.killKeyring();
    await session.startKeyring('unlocked');
    place.look();
    await expect.poll(ask).toBe(200);
    expect(await call('gateway.status')).toMatchObject({ data: { problems: [] } });
    expect(session.dialogs()).toBe(0);
  });

  it('that are known go on working while the keyring is gone, and none is lost', async () => {
    await session.startKeyring('unlocked');
    await keepKey();
    const { ask, call, place } = await start();
    expect(await ask()).toBe(200);
    await session.killKeyring();
    const add = { provider: 'one', value: 'sk-test-two-0000000000002222' };
    expect(await call('keys.add', add)).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    expect(place.state().state).toBe('unavailable');
    expect(await ask()).toBe(200);
    await session.startKeyring('unlocked');
    expect(await place.retry()).toMatchObject({ state: 'ready' });
    expect(await call('keys.add', add)).toMatchObject({ ok: true });
  });

  it('behind a hanging bus: the gateway listens and answers, and recovers when the bus goes on', async () => {
    await session.startKeyring('unlocked');
    await keepKey();
    session.freeze('bus');
    const { gateway, ask, place } = await start();
    const asked = ask();
    expect((await fetch(`${gateway.url}/health`)).status).toBe(200);
    expect(await asked).toMatchObject(unavailable('did not answer within 5 s'));
    session.thaw('bus');
    place.look();
    await expect.poll(ask, { timeout: 10_000 }).toBe(200);
  });

  it('without a keychain: kept in a sealed file with consent, opened by its passphrase at the next start', async () => {
    const first = await start();
    await first.place.opened;
    expect(first.place.state()).toMatchObject({ kind: 'keychain', state: 'no-keychain' });
    const add = { provider: 'one', value: KEY_ONE };
    expect(await first.call('keys.add', add)).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    expect(await first.place.useSealed(PASSPHRASE)).toMatchObject({ kind: 'sealed', state: 'ready' });
    expect(await first.call('keys.add', add)).toMatchObject({ ok: true, data: { storage: 'stored' } });
    await quit();
    const sealed = await readFile(join(folder, 'secrets.enc'), 'utf8');
    expect(sealed).not.toContain(KEY_ONE);

    // A keychain that is there by now changes nothing: the user has chosen.
    await session.startKeyring('unlocked');
    const { ask, place } = await start();
    expect(await ask()).toMatchObject(unavailable('Give the passphrase'));
    await expect(place.useSealed('not the passphrase')).rejects.toMatchObject({ code: 'invalid_input' });
    await place.useSealed(PASSPHRASE);
    await expect.poll(ask).toBe(200);
    expect(await readFile(join(folder, 'secrets.enc'), 'utf8')).toBe(sealed);
  });
});
