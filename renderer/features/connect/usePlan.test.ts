import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { effectScope, ref, type EffectScope } from 'vue';
import type { ConnectPlan } from '../../../contract/rpc/procedures/connect.ts';
import { samplePlan } from '../../testing/sample-tool.ts';
import { usePlan } from './usePlan.ts';
import type { Order } from '../../shared/utils/tool-wiring.ts';

const connect = (model: string): Order => ({ does: 'connect', models: { main: model } });

let scope: EffectScope;
beforeEach(() => {
  vi.useFakeTimers();
  scope = effectScope();
});
afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

/** A gateway whose answers come when the test says. */
function setUp(first: Order | null) {
  const asked: { readonly order: Order; readonly answer: (plan: ConnectPlan) => void }[] = [];
  const order = ref<Order | null>(first);
  const planning = scope.run(() =>
    usePlan(order, (wanted) => new Promise((answer) => asked.push({ order: wanted, answer }))),
  );
  if (planning === undefined) throw new Error('The scope has ended.');
  return { asked, order, planning };
}

it('asks at once, and again when typing has paused', async () => {
  const { asked, order, planning } = setUp(connect('a'));
  expect(asked).toHaveLength(1);
  asked[0]?.answer(samplePlan({ version: 'a' }));
  await flushPromises();
  expect(planning.plan.value?.version).toBe('a');
  expect(planning.stale.value).toBe(false);
  order.value = connect('ab');
  await flushPromises();
  order.value = connect('abc');
  await flushPromises();
  expect(planning.stale.value).toBe(true);
  expect(planning.plan.value?.version).toBe('a');
  vi.advanceTimersByTime(1_000);
  expect(asked.map((one) => one.order)).toEqual([connect('a'), connect('abc')]);
});

it('drops an answer to what is no longer asked', async () => {
  const { asked, order, planning } = setUp(connect('a'));
  order.value = connect('b');
  await flushPromises();
  vi.advanceTimersByTime(1_000);
  asked[1]?.answer(samplePlan({ version: 'b' }));
  await flushPromises();
  asked[0]?.answer(samplePlan({ version: 'a' }));
  await flushPromises();
  expect(planning.plan.value?.version).toBe('b');
  expect(planning.stale.value).toBe(false);
});

it('asks nothing while there is no order, and has no plan then', async () => {
  const { asked, order, planning } = setUp(null);
  expect(asked).toEqual([]);
  expect(planning.stale.value).toBe(false);
  order.value = connect('a');
  await flushPromises();
  vi.advanceTimersByTime(1_000);
  asked[0]?.answer(samplePlan());
  await flushPromises();
  expect(planning.plan.value).not.toBeNull();
  order.value = null;
  await flushPromises();
  vi.advanceTimersByTime(1_000);
  await flushPromises();
  expect(planning.plan.value).toBeNull();
});
