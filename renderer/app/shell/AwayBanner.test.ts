import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { sampleStatus } from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import AwayBanner from './AwayBanner.vue';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
});

it('is there while the gateway is away, not for a blink, and goes by itself', async () => {
  const rpc = createFakeRpc({ 'gateway.status': () => sampleStatus() });
  const route = { path: '/', name: 'overview', component: AwayBanner };
  const { page } = await mountPage({ rpc, route, at: '/' });
  const text = async (): Promise<string> => {
    await flushPromises();
    return page.get('[role=status]').text();
  };
  expect(await text()).toBe('');
  rpc.connection.value = 'reconnecting';
  await flushPromises();
  vi.advanceTimersByTime(500);
  rpc.connection.value = 'connected';
  await flushPromises();
  vi.advanceTimersByTime(5_000);
  expect(await text()).toBe('');
  rpc.connection.value = 'reconnecting';
  await flushPromises();
  vi.advanceTimersByTime(2_000);
  expect(await text()).toContain('The gateway does not answer.');
  rpc.connection.value = 'connected';
  expect(await text()).toBe('');
});
