import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, expect, it } from 'vitest';
import type { GatewayStatus, Problem } from '../../../contract/rpc/procedures/gateway.ts';
import { useGateway } from '../../shared/composables/useGateway.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { sampleStatus } from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import ProblemsPanel from './ProblemsPanel.vue';

const SPENT: Problem = { code: 'budget_spent', message: 'All requests of today: $60.00 of $60.00.' };
const near = (spent: string): Problem => ({
  code: 'budget_near',
  message: `Client laptop: ${spent} of $5.00.`,
});

let page: VueWrapper;
afterEach(() => {
  page.unmount();
  document.body.replaceChildren();
});

async function show(problems: readonly Problem[]) {
  const rpc = createFakeRpc({ 'gateway.status': () => sampleStatus({ problems }) });
  const others = ['routing', 'settings'].map((name) => ({ path: `/${name}`, name, component: {} }));
  const route = { path: '/', name: 'overview', component: ProblemsPanel };
  const mounted = await mountPage({ rpc, route, others, at: '/' });
  ({ page } = mounted);
  useGateway().follow();
  await flushPromises();
  return {
    ...mounted,
    rpc,
    become: async (now: readonly Problem[]): Promise<void> => {
      const data: GatewayStatus = sampleStatus({ problems: now });
      rpc.emit({ topic: 'gateway.changed', data });
      await flushPromises();
    },
  };
}
const button = (): string => page.get('button').text();
const panel = (): string => document.querySelector('[role=dialog]')?.textContent ?? '';
async function press(name: string): Promise<void> {
  const found = [...document.querySelectorAll('button')].find(
    (one) => one.textContent.trim() === name || one.getAttribute('aria-label')?.startsWith(name) === true,
  );
  found?.click();
  await flushPromises();
}

it('is not there while nothing is wrong', async () => {
  await show([]);
  expect(page.find('button').exists()).toBe(false);
});

it('leads from a budget to where budgets are set', async () => {
  const { router } = await show([SPENT]);
  await press('1 problem');
  await press('Show budgets');
  expect(router.currentRoute.value).toMatchObject({ name: 'routing', query: { tab: 'budgets' } });
});

it('puts warnings aside until they happen again, whatever their figures; faults stay', async () => {
  const { become } = await show([near('$4.10'), SPENT]);
  expect(button()).toBe('2 problems');
  await press('2 problems');
  await press('Put aside');
  expect(button()).toBe('1 problem');
  expect(panel()).toContain('$60.00 of $60.00');
  await become([near('$4.60')]);
  expect(button()).toBe('1 put aside');
  await become([]);
  await become([near('$4.10')]);
  expect(button()).toBe('1 problem');
});

it('tells new ones once, politely', async () => {
  const { become } = await show([]);
  await become([SPENT]);
  expect(page.get('[role=status]').text()).toBe('A budget is spent');
});

it('has the lost gateway among them', async () => {
  const { rpc } = await show([]);
  rpc.connection.value = 'reconnecting';
  await flushPromises();
  await press('1 problem');
  expect(panel()).toContain('The gateway does not answer');
});
