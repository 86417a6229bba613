import { flushPromises } from '@vue/test-utils';
import { setActivePinia } from 'pinia';
import { afterEach, expect, it, vi } from 'vitest';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { sampleStatus } from '../../testing/samples.ts';
import { storesWith } from '../../testing/with-app.ts';
import { useGateway } from './useGateway.ts';

afterEach(() => void vi.useRealTimers());

/** @param fails whether the next question is answered by nobody */
function follow(fails: () => boolean) {
  const rpc = createFakeRpc({
    'gateway.status': () => {
      if (fails()) throw new Error('502');
      return sampleStatus();
    },
  });
  setActivePinia(storesWith(rpc));
  const gateway = useGateway();
  return { rpc, gateway, stop: gateway.follow() };
}

it('is there again with the first event that comes', async () => {
  const { rpc, gateway, stop } = follow(() => true);
  await flushPromises();
  expect(gateway.away).toBe(true);
  rpc.emit({ topic: 'gateway.changed', data: sampleStatus() });
  expect(gateway.away).toBe(false);
  stop();
});

it('is asked again while it does not answer, and no more once nobody follows', async () => {
  vi.useFakeTimers();
  let fails = true;
  const { rpc, gateway, stop } = follow(() => fails);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(gateway.away).toBe(true);
  fails = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(gateway.away).toBe(false);
  fails = true;
  const asking = gateway.answers();
  stop();
  await asking;
  const asked = rpc.calls.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(rpc.calls).toHaveLength(asked);
});

it('an answer that comes late does not undo what was told since', async () => {
  const { promise, reject } = Promise.withResolvers<never>();
  const rpc = createFakeRpc({ 'gateway.status': () => promise });
  setActivePinia(storesWith(rpc));
  const gateway = useGateway();
  const stop = gateway.follow();
  rpc.emit({ topic: 'gateway.changed', data: sampleStatus() });
  reject(new Error('502'));
  await flushPromises();
  expect(gateway.away).toBe(false);
  stop();
});
