import { flushPromises } from '@vue/test-utils';
import { setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import type { KeyCheck, KeyView } from '../../../contract/rpc/procedures/providers.ts';
import { RpcError } from '../../../contract/rpc/errors.ts';
import { createFakeRpc, type FakeRpc } from '../../testing/fake-rpc.ts';
import { sampleKey, sampleProvider } from '../../testing/samples.ts';
import { storesWith } from '../../testing/with-app.ts';
import { checkableKeys, checkKind } from './check-words.ts';
import { useKeyChecks } from './key-checks.ts';
import { useProviders } from './store.ts';

const WORKS: KeyCheck = { result: 'works', status: 200, message: null, took: 12 };
const keys = Array.from({ length: 7 }, (_, index) => ({ provider: 'openai', id: `k${index}` }));

let rpc: FakeRpc;
/** Answers of checks under way, oldest first. */
let answers: ((answer: KeyCheck | Error) => void)[];

beforeEach(() => {
  answers = [];
  rpc = createFakeRpc({
    'keys.check': () =>
      new Promise((resolve, reject) => {
        answers.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
      }),
  });
  setActivePinia(storesWith(rpc));
});
async function answer(result: KeyCheck | Error = WORKS): Promise<void> {
  answers.shift()?.(result);
  await flushPromises();
}
const kinds = (): readonly (string | undefined)[] => keys.map((key) => useKeyChecks().stateOf(key)?.kind);

describe('checks of many keys', () => {
  it('run four at a time and tell how far they are', async () => {
    const checks = useKeyChecks();
    const all = checks.check(keys);
    await flushPromises();
    expect(rpc.calls).toHaveLength(4);
    expect(checks.progress).toEqual({ done: 0, of: 7 });
    expect(kinds()).toEqual(['checking', 'checking', 'checking', 'checking', 'queued', 'queued', 'queued']);
    await answer();
    expect(rpc.calls).toHaveLength(5);
    expect(checks.progress).toEqual({ done: 1, of: 7 });
    for (let left = 6; left > 0; left -= 1) await answer();
    await all;
    expect(checks.progress).toBeNull();
    expect(kinds()).toEqual(keys.map(() => 'found'));
  });

  it('stop: what waits is taken back, what is under way still tells', async () => {
    const checks = useKeyChecks();
    const all = checks.check(keys);
    await flushPromises();
    checks.stop();
    expect(kinds().slice(4)).toEqual([undefined, undefined, undefined]);
    for (let left = 4; left > 0; left -= 1) await answer();
    await all;
    expect(rpc.calls).toHaveLength(4);
    expect(checks.progress).toBeNull();
  });

  it('ask no key twice at once', async () => {
    const checks = useKeyChecks();
    const both = Promise.all([checks.check(keys.slice(0, 2)), checks.check(keys.slice(1, 3))]);
    await flushPromises();
    expect(rpc.calls.map(({ input }) => input)).toEqual(keys.slice(0, 3));
    for (let left = 3; left > 0; left -= 1) await answer();
    await both;
    expect(checks.progress).toBeNull();
  });

  it('one that could not be made stops no other', async () => {
    const checks = useKeyChecks();
    const all = checks.check(keys.slice(0, 2));
    await flushPromises();
    await answer(new RpcError('unavailable', 'The keychain is locked.'));
    await answer();
    await all;
    expect(kinds().slice(0, 2)).toEqual(['failed', 'found']);
    checks.forget({ provider: 'openai', id: 'k0' });
    expect(kinds()[0]).toBeUndefined();
  });
});

describe('which keys are checked', () => {
  it('those in use whose secret is at hand', () => {
    const provider = sampleProvider({
      keys: (['ready', 'cooling', 'probing', 'disabled', 'missing', 'unavailable'] as const).map((state) =>
        sampleKey({ id: state, state }),
      ),
    });
    expect(checkableKeys([provider]).map(({ id }) => id)).toEqual(['ready', 'cooling', 'probing']);
  });

  it.each([
    ['works', 'ok'],
    ['refused', 'failed'],
    ['exhausted', 'failed'],
    ['limited', 'cooling'],
    ['unreachable', 'failed'],
    ['cannot-tell', 'off'],
  ] as const)('%s looks %s', (result, kind) => expect(checkKind(result)).toBe(kind));
});

describe('what a check found', () => {
  const key = { provider: 'openai', id: 'k0' };
  const show = async (changes: Partial<KeyView>): Promise<void> => {
    rpc.emit({
      topic: 'providers.changed',
      data: [sampleProvider({ id: 'openai', keys: [sampleKey({ id: 'k0', ...changes })] })],
    });
    await flushPromises();
  };
  const REFUSED: KeyCheck = { result: 'refused', status: 401, message: 'Unpaid', took: 12 };
  beforeEach(async () => {
    useProviders().follow();
    await show({ lastUsedAt: 100, lastFailedAt: 100, probe: null });
    void useKeyChecks().check([key]);
    await flushPromises();
    await answer(REFUSED);
  });
  const believed = (): boolean => useKeyChecks().stateOf(key) !== undefined;

  it('is believed while nothing newer is known', async () => {
    await show({ lastUsedAt: 100, lastFailedAt: 100 });
    expect(believed()).toBe(true);
  });
  it('is believed while the key fails, or is being used', async () => {
    await show({ lastUsedAt: 200, lastFailedAt: 210 });
    expect(believed()).toBe(true);
    await show({ lastUsedAt: 300, lastFailedAt: 210, inFlight: 1 });
    expect(believed()).toBe(true);
  });
  it('is forgotten once the key served a request', async () => {
    await show({ lastUsedAt: 300, lastFailedAt: 210, inFlight: 0 });
    expect(believed()).toBe(false);
  });
  it('is forgotten once the background check asked anew', async () => {
    await show({ probe: { at: 500, result: 'works', verdict: 'reactivated' } });
    expect(believed()).toBe(false);
  });
});
