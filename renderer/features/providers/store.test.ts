import { setActivePinia } from 'pinia';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ProviderView } from '../../../contract/rpc/procedures/providers.ts';
import { RpcError } from '../../../contract/rpc/errors.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { sampleKey, sampleProvider } from '../../testing/samples.ts';
import { storesWith } from '../../testing/with-app.ts';
import { initials, providerState, timeLeft } from './provider-state.ts';
import { useProviders } from './store.ts';

afterEach(() => vi.useRealTimers());

const cooling = sampleKey({ id: 'k-2', state: 'cooling', coolingFor: 60_000 });

describe('the read model', () => {
  function setUp() {
    let providers: ProviderView[] = [sampleProvider({ keys: [sampleKey(), cooling] })];
    const rpc = createFakeRpc({
      'providers.list': () => providers,
      'keys.clear': () => {
        providers = [sampleProvider()];
        return { cleared: 1 };
      },
      'keys.add': ({ value, weight }) => {
        if (value === 'bad') throw new RpcError('conflict', 'openai has this key already (main).');
        return { key: sampleKey({ weight: weight ?? 1 }), storage: 'memory' };
      },
    });
    setActivePinia(storesWith(rpc));
    return { rpc, store: useProviders() };
  }

  it('takes the snapshot, then events', async () => {
    const { rpc, store } = setUp();
    store.follow();
    await expect.poll(() => store.coolDowns).toBe(1);
    rpc.emit({ topic: 'providers.changed', data: [] });
    expect(store.providers).toEqual([]);
    rpc.emit({ topic: 'reset', data: null });
    await expect.poll(() => store.providers).toHaveLength(1);
  });

  it('looks again when the first cool-down ends, of which nobody tells', async () => {
    vi.useFakeTimers();
    const { rpc, store } = setUp();
    const stop = store.follow();
    await vi.advanceTimersByTimeAsync(0);
    const model = { model: 'gpt-5', reason: 'forbidden', scope: 'model', coolingFor: 9_000 } as const;
    const data = [sampleProvider({ keys: [cooling, sampleKey({ models: [model] })] })];
    rpc.emit({ topic: 'providers.changed', data });
    expect(store.coolDowns).toBe(2);
    await vi.advanceTimersByTimeAsync(8_900);
    expect(store.coolDowns).toBe(2);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(store.coolDowns).toBe(1);

    const reads = () => rpc.calls.filter(({ name }) => name === 'providers.list').length;
    const before = reads();
    stop();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(reads()).toBe(before);
  });

  it('shows the result of an act before its event comes', async () => {
    const { store } = setUp();
    await store.read();
    expect(await store.clear({ provider: 'openai' })).toEqual({ cleared: 1 });
    expect(store.coolDowns).toBe(0);
  });

  it('counts cool-downs as the overview lists them: a provider that rests once, a resting model too', () => {
    const { rpc, store } = setUp();
    store.follow();
    const rests = { state: 'cooling', scope: 'provider', reason: 'overloaded', coolingFor: 9_000 } as const;
    const keys = Array.from({ length: 300 }, (_, index) => sampleKey({ id: `k${index}`, ...rests }));
    const model = { model: 'gpt-5', reason: 'forbidden', scope: 'model', coolingFor: 3_000 } as const;
    const data = [
      sampleProvider({ keys }),
      sampleProvider({ id: 'groq', keys: [sampleKey({ models: [model] })] }),
    ];
    rpc.emit({ topic: 'providers.changed', data });
    expect(store.coolDowns).toBe(2);
  });
});

describe('the order of providers', () => {
  it('stays the wanted one while the gateway is asked for one move after the other', async () => {
    const view = (...ids: readonly string[]): readonly ProviderView[] =>
      ids.map((id) => sampleProvider({ id }));
    let kept = ['a', 'b', 'c'];
    const answers: (() => void)[] = [];
    const rpc = createFakeRpc({
      'providers.list': () => view(...kept),
      'providers.arrange': async ({ ids }) => {
        await new Promise<void>((resolve) => answers.push(resolve));
        kept = ids;
        return null;
      },
    });
    setActivePinia(storesWith(rpc));
    const store = useProviders();
    const shown = () => store.providers?.map(({ id }) => id).join('');
    store.follow();
    await expect.poll(() => shown()).toBe('abc');

    const moves = [store.arrange(['a', 'c', 'b']), store.arrange(['c', 'a', 'b'])];
    expect(shown()).toBe('cab');
    await expect.poll(() => answers).toHaveLength(1);
    rpc.emit({ topic: 'providers.changed', data: view('a', 'b', 'c') });
    expect(shown()).toBe('cab');
    answers[0]?.();
    await expect.poll(() => answers).toHaveLength(2);
    expect(shown()).toBe('cab');
    answers[1]?.();
    await Promise.all(moves);
    expect([shown(), kept.join('')]).toEqual(['cab', 'cab']);
  });
});

describe('states', () => {
  it.each([
    ['off', { enabled: false, keys: [cooling] }, 'off', 'off'],
    ['ready', {}, 'ok', 'ready'],
    ['no key', { keys: [], problem: 'no_key' }, 'warning', 'noKey'],
    ['no key needed', { keys: [], needsKey: false }, 'ok', 'ready'],
    ['keys off', { problem: 'all_keys_disabled' }, 'off', 'keysOff'],
    ['one of two cooling', { keys: [sampleKey(), cooling] }, 'cooling', 'someCooling'],
    ['all cooling', { keys: [cooling], problem: 'no_usable_key' }, 'cooling', 'allCooling'],
    [
      'unreadable',
      { keys: [sampleKey({ state: 'missing' })], problem: 'no_usable_key' },
      'failed',
      'noUsableKey',
    ],
    [
      'one unreadable',
      { keys: [sampleKey(), sampleKey({ state: 'unavailable' })] },
      'failed',
      'someUnreadable',
    ],
  ] as const)('%s', (_name, changes, kind, message) =>
    expect(providerState(sampleProvider(changes), false)).toMatchObject({ kind, message }),
  );

  it.each([
    [60_000, 0, 0, 60_000],
    [60_000, 1_000, 21_000, 40_000],
    [60_000, 1_000, 90_000, 0],
    [60_000, 5_000, 1_000, 60_000],
  ])('%d ms cooling, told at %d, at %d leaves %d', (coolingFor, receivedAt, now, left) =>
    expect(timeLeft(coolingFor, receivedAt, now)).toBe(left),
  );

  it.each([
    ['OpenAI', 'OA'],
    ['DeepSeek', 'DS'],
    ['Groq', 'Gr'],
    ['my-vllm', 'mv'],
    ['x', 'x'],
  ])('%s is marked %s', (name, mark) => expect(initials(name)).toBe(mark));
});
