import { describe, expect, it } from 'vitest';
import type { KeyConfig } from '../../contract/config/provider.ts';
import type { Logger } from '../core/ports.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { createScriptedSecrets } from '../testing/scripted-secrets.ts';
import { createKeyRing, fingerprint, type NamedKey } from './key-ring.ts';

const key = (id: string, value?: string): KeyConfig => ({
  id,
  ...(value === undefined ? {} : { value }),
  label: '',
  enabled: true,
  weight: 1,
  rpm: 0,
  tpm: 0,
  max_concurrency: 0,
  models: [],
});

function ringOn(values: Readonly<Record<string, string>>, keys: NamedKey[]) {
  const store = createScriptedSecrets(values);
  const clock = createSteppedClock();
  const warned: string[] = [];
  const quiet = (): void => undefined;
  const logger: Logger = { debug: quiet, info: quiet, error: quiet, warn: (text) => warned.push(text) };
  const ring = createKeyRing({ store, clock, logger, keys: () => keys });
  return { ring, store, clock, warned, keys };
}

const one = { provider: 'one', key: key('k1') };
const two = { provider: 'two', key: key('k2') };

describe('reading keys', () => {
  it('knows what the store has, and what it has not', async () => {
    const { ring } = ringOn({ 'one/k1': 'first' }, [one, two]);
    expect(ring.mayCome('one', one.key)).toBe(true);
    await ring.load('later');
    expect(ring.secretOf('one', one.key)).toBe('first');
    expect(ring.mayCome('one', one.key)).toBe(false);
    expect(ring.secretOf('two', two.key)).toBeUndefined();
    expect(ring.mayCome('two', two.key)).toBe(false);
    expect(ring.storeProblem()).toBeNull();
  });

  it('asks the store for no key that has its value in the configuration', async () => {
    const given = { provider: 'one', key: key('k1', 'given') };
    const { ring, store } = ringOn({}, [given]);
    await ring.load('again');
    expect(ring.secretOf('one', given.key)).toBe('given');
    expect(store.asked).toEqual([]);
  });

  it('asks once for what is being read already, and tells whose keys that are', async () => {
    const { ring, store } = ringOn({ 'one/k1': 'first' }, [one]);
    store.hang();
    const loads = [ring.load('later'), ring.load('later')];
    expect(ring.isReading('one')).toBe(true);
    expect(ring.isReading('two')).toBe(false);
    store.work();
    await Promise.all(loads);
    expect(store.asked).toEqual(['one/k1']);
    expect(ring.isReading('one')).toBe(false);
  });

  it('tells after each provider, and then no longer says it is read', async () => {
    const { ring } = ringOn({ 'one/k1': 'first', 'two/k2': 'second' }, [one, two]);
    const seen: string[] = [];
    const forget = ring.onRead(() => {
      seen.push(`${String(ring.isReading('one'))} ${String(ring.isReading('two'))}`);
    });
    await ring.load('later');
    expect(seen).toEqual(['false true', 'false false']);
    forget();
    await ring.load('again');
    expect(seen).toHaveLength(2);
  });
});

describe('a store that fails', () => {
  it('is a problem until it works again, and is asked again only after a while', async () => {
    const { ring, store, clock } = ringOn({ 'one/k1': 'first' }, [one]);
    store.fail('locked', 'The keyring is locked.');
    await ring.load('later');
    expect(ring.storeProblem()?.text).toBe('The keyring is locked.');
    expect(ring.mayCome('one', one.key)).toBe(true);

    store.work();
    await ring.load('later');
    expect(store.asked).toHaveLength(1);
    clock.step(5_000);
    await ring.load('later');
    expect(ring.secretOf('one', one.key)).toBe('first');
    expect(ring.storeProblem()).toBeNull();
  });

  it('is asked again at once by who knows better', async () => {
    const { ring, store } = ringOn({ 'one/k1': 'first' }, [one]);
    store.fail('unavailable', 'gone');
    await ring.load('later');
    store.work();
    await ring.load('again');
    expect(ring.secretOf('one', one.key)).toBe('first');
  });

  it('is logged once per trouble, however many keys there are', async () => {
    const { ring, store, clock, warned } = ringOn({}, [one, two]);
    store.fail('unavailable', 'gone');
    await ring.load('later');
    clock.step(5_000);
    await ring.load('later');
    expect(warned).toHaveLength(1);
  });

  it('loses nothing when a key cannot be taken out or put in', async () => {
    const { ring, store } = ringOn({ 'one/k1': 'first' }, [one]);
    await ring.load('later');
    store.fail('locked', 'The keyring is locked.');
    await expect(ring.drop('one', 'k1')).rejects.toMatchObject({ problem: 'locked' });
    await expect(ring.put('one', 'k9', 'new')).rejects.toMatchObject({ problem: 'locked' });
    expect(ring.secretOf('one', one.key)).toBe('first');
    expect(ring.secrets()).toEqual(['first']);
    store.work();
    expect(await store.get('one/k1')).toBe('first');
  });

  it('is no problem any more once its keys are gone from the configuration', async () => {
    const { ring, store, keys } = ringOn({}, [one]);
    store.fail('unavailable', 'gone');
    await ring.load('later');
    keys.length = 0;
    await ring.load('later');
    expect(ring.storeProblem()).toBeNull();
  });
});

it('a fingerprint shows the end of a secret, and nothing of a short one', () => {
  expect(fingerprint('sk-0123456789abcd')).toBe('…abcd');
  expect(fingerprint('short')).toBe('…');
});
