import { describe, expect, it } from 'vitest';
import { RpcError } from '../../../../contract/rpc/errors.ts';
import { createMemorySecrets, type Logger, type SecretStore } from '../../../../gateway/index.ts';
import { createSteppedClock } from '../../../../gateway/testing/clock.ts';
import type { Choice } from './place-choice.ts';
import { createSecretPlace } from './secret-place.ts';
import { createScriptedKeychain, type ScriptedKeychain } from './testing/scripted-keychain.ts';

const PASSPHRASE = 'correct horse battery';

function open(options: { readonly chosen?: Choice; readonly trouble?: ScriptedKeychain['trouble'] } = {}) {
  const keychain = createScriptedKeychain();
  keychain.trouble = options.trouble ?? null;
  const clock = createSteppedClock();
  const quiet = (): void => undefined;
  const logger: Logger = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  let chosen = options.chosen;
  let unreadable: string | null = null;
  const choice = {
    read: () => (unreadable === null ? Promise.resolve(chosen) : Promise.reject(new Error(unreadable))),
    write(next: Choice) {
      chosen = next;
      return Promise.resolve();
    },
    chosen: () => chosen,
    /** The file says something else from now on; null: what was chosen. */
    damage(message: string | null) {
      unreadable = message;
    },
  };
  const sealedStore: SecretStore = { ...createMemorySecrets(), kind: 'sealed' };
  const states: string[] = [];
  const place = createSecretPlace({
    keychain,
    keychainName: 'Secret Service',
    sealed: {
      file: '/data/secrets.enc',
      open: (passphrase) =>
        passphrase === PASSPHRASE
          ? Promise.resolve(sealedStore)
          : Promise.reject(new RpcError('invalid_input', 'wrong', 'passphrase')),
    },
    choice,
    clock,
    logger,
    changed: () => states.push(place.state().state),
    closed: quiet,
  });
  return { place, keychain, clock, choice, states, sealedStore };
}

describe('a keychain that works', () => {
  it('is chosen at the first start, and keeps what it is given', async () => {
    const { place, choice, keychain } = open();
    await place.set('openai/k1', 'sk-1');
    expect(await keychain.get('openai/k1')).toBe('sk-1');
    expect(await place.get('openai/k1')).toBe('sk-1');
    expect(place.kind).toBe('keychain');
    expect(place.state()).toEqual({
      kind: 'keychain',
      state: 'ready',
      message: null,
      told: null,
      name: 'Secret Service',
    });
    expect(choice.chosen()).toBe('keychain');
  });

  it('makes calls wait until it was looked at', async () => {
    const { place } = open();
    expect(place.state().state).toBe('unavailable');
    await expect(place.get('openai/none')).rejects.toMatchObject({ problem: 'not-found' });
    expect(place.state().state).toBe('ready');
  });

  it('cannot be left for a sealed file', async () => {
    const { place, choice } = open();
    await expect(place.useSealed(PASSPHRASE)).rejects.toMatchObject({ code: 'conflict' });
    expect(choice.chosen()).toBe('keychain');
  });
});

describe('a keychain in trouble', () => {
  it.each([
    ['absent', undefined, 'no-keychain', 'unavailable'],
    ['absent', 'keychain', 'unavailable', 'unavailable'],
    ['failing', undefined, 'unavailable', 'unavailable'],
    ['locked', 'keychain', 'locked', 'locked'],
  ] as const)('%s, chosen before: %s → %s', async (trouble, chosen, state, problem) => {
    const { place } = open({ trouble, ...(chosen === undefined ? {} : { chosen }) });
    await place.opened;
    expect(place.state()).toMatchObject({ state, message: `It is ${trouble}.` });
    for (const call of [place.get('a'), place.set('a', 'v'), place.delete('a')]) {
      await expect(call).rejects.toMatchObject({ problem, message: `It is ${trouble}.` });
    }
  });

  it('is looked at again every 15 s without a dialog, and recovers by itself', async () => {
    const { place, keychain, clock, states } = open({ trouble: 'locked', chosen: 'keychain' });
    await place.opened;
    clock.step(14_999);
    expect(keychain.looks).toBe(1);
    clock.step(1);
    await place.set('a', 'v').catch(() => undefined);
    expect(keychain.looks).toBe(2);
    expect(keychain.dialogs).toBe(0);

    keychain.trouble = null;
    await expect.poll(() => clock.step(15_000)).toBeUndefined();
    await expect.poll(() => place.state().state).toBe('ready');
    expect(states).toEqual(['locked', 'ready']);
    const { looks } = keychain;
    clock.step(60_000);
    expect(keychain.looks).toBe(looks);
  });

  it('is opened by the user’s wish, with the system’s dialog', async () => {
    const { place, keychain } = open({ trouble: 'locked', chosen: 'keychain' });
    await place.opened;
    keychain.afterDialog = null;
    expect(await place.retry()).toMatchObject({ state: 'ready' });
    expect(keychain.dialogs).toBe(1);
  });

  it('stays locked when the user dismisses the dialog', async () => {
    const { place, keychain } = open({ trouble: 'locked', chosen: 'keychain' });
    keychain.afterDialog = 'locked';
    expect(await place.retry()).toMatchObject({ state: 'locked' });
  });

  it('shows its dialog once unasked where nothing of ours is in it, which only the dialog can open', async () => {
    const { place, keychain } = open({ trouble: 'unmarked' });
    await place.opened;
    expect(keychain.dialogs).toBe(1);
    expect(place.state().state).toBe('ready');
  });

  it('does not show it again by itself when it was dismissed', async () => {
    const { place, keychain, clock } = open({ trouble: 'unmarked' });
    keychain.afterDialog = 'locked';
    await place.opened;
    expect(place.state()).toMatchObject({ state: 'locked', message: 'It is locked.' });
    keychain.trouble = 'unmarked';
    clock.step(15_000);
    await expect.poll(() => keychain.looks).toBe(3);
    expect(keychain.dialogs).toBe(1);
    expect(place.state()).toMatchObject({ state: 'locked', message: 'It is locked.' });
    keychain.afterDialog = null;
    expect(await place.retry()).toMatchObject({ state: 'ready' });
    expect(keychain.dialogs).toBe(2);
  });

  it('is noticed by the call that fails, and those after it are not sent there', async () => {
    const { place, keychain, states } = open();
    await place.set('openai/k1', 'sk-1');
    keychain.trouble = 'failing';
    await expect(place.get('openai/k1')).rejects.toMatchObject({ problem: 'unavailable' });
    keychain.trouble = null;
    await expect(place.get('openai/k1')).rejects.toMatchObject({ problem: 'unavailable' });
    expect(states).toEqual(['ready', 'unavailable']);
    place.look();
    await expect.poll(() => place.state().state).toBe('ready');
    expect(await place.get('openai/k1')).toBe('sk-1');
  });

  it('is not taken for trouble when a key is not there', async () => {
    const { place, states } = open();
    await expect(place.get('openai/none')).rejects.toMatchObject({ problem: 'not-found' });
    expect(states).toEqual(['ready']);
  });

  it('is left alone once the app ends', async () => {
    const { place, keychain, clock } = open({ trouble: 'failing' });
    await place.opened;
    place.close();
    clock.step(60_000);
    expect(keychain.looks).toBe(1);
  });
});

describe('the sealed file', () => {
  it('is used after the user’s consent, remembered, and told', async () => {
    const { place, choice, states, sealedStore } = open({ trouble: 'absent' });
    expect(await place.useSealed(PASSPHRASE)).toEqual({
      kind: 'sealed',
      state: 'ready',
      message: null,
      told: null,
      name: '/data/secrets.enc',
    });
    expect(choice.chosen()).toBe('sealed');
    expect(place.kind).toBe('sealed');
    expect(states).toEqual(['no-keychain', 'ready']);
    await place.set('openai/k1', 'sk-1');
    expect(await sealedStore.get('openai/k1')).toBe('sk-1');
  });

  it('waits for its passphrase at the next start, whatever the keychain is like by then', async () => {
    const { place, keychain, clock } = open({ chosen: 'sealed' });
    await place.opened;
    expect(place.state()).toMatchObject({ kind: 'sealed', state: 'sealed-locked' });
    await expect(place.get('a')).rejects.toMatchObject({ problem: 'locked' });
    await expect(place.set('a', 'v')).rejects.toMatchObject({ problem: 'locked' });
    clock.step(60_000);
    expect(await place.retry()).toMatchObject({ state: 'sealed-locked' });
    expect(keychain.looks).toBe(0);
    await expect(place.useSealed('another passphrase')).rejects.toMatchObject({ code: 'invalid_input' });
    expect(place.state().state).toBe('sealed-locked');
    expect(await place.useSealed(PASSPHRASE)).toMatchObject({ state: 'ready' });
  });

  it('is not left again by a keychain that comes back', async () => {
    const { place, keychain, clock } = open({ trouble: 'absent' });
    await place.useSealed(PASSPHRASE);
    keychain.trouble = null;
    clock.step(60_000);
    expect(await place.retry()).toMatchObject({ kind: 'sealed', state: 'ready' });
  });
});

it('a choice that cannot be read is not made anew', async () => {
  const { place, choice, keychain, clock } = open({ chosen: 'sealed' });
  choice.damage('secret-place.json cannot be understood.');
  await place.opened;
  expect(place.state()).toMatchObject({
    state: 'unavailable',
    message: 'secret-place.json cannot be understood.',
  });
  choice.damage(null);
  clock.step(15_000);
  await expect.poll(() => place.state().state).toBe('sealed-locked');
  expect(keychain.looks).toBe(0);
});
