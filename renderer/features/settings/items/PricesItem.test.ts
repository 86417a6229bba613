import { quoted } from '../../../../contract/rpc/remarks/remark.ts';
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import type { PriceStatus } from '../../../../contract/rpc/procedures/prices.ts';
import { createFakeRpc, type Answers, type FakeRpc } from '../../../testing/fake-rpc.ts';
import { mountPage } from '../../../testing/with-app.ts';
import PricesItem from './PricesItem.vue';

const status = (more: Partial<PriceStatus> = {}): PriceStatus => ({
  source: 'bundled',
  asOf: '2026-09-23',
  models: 1_694,
  url: 'https://prices.example/data.json',
  fetchedAt: null,
  problem: null,
  ...more,
});
const fetched = status({ source: 'fetched', asOf: '2026-11-21', fetchedAt: 1 });

async function open(answers: Answers): Promise<{ page: VueWrapper; rpc: FakeRpc }> {
  const rpc = createFakeRpc({ 'prices.status': () => status(), ...answers });
  const route = { path: '/', name: 'settings', component: PricesItem };
  const { page } = await mountPage({ rpc, route, at: '/' });
  await flushPromises();
  return { page, rpc };
}

async function press(page: VueWrapper, words: string): Promise<void> {
  const button = page.findAll('button').find((one) => one.text() === words);
  if (button === undefined) throw new Error(`There is no button ${words}.`);
  await button.trigger('click');
  await flushPromises();
}

describe('prices', () => {
  it('say of which day they are, and where newer ones would come from', async () => {
    const { page, rpc } = await open({});
    expect(page.text()).toContain('Sep 23, 2026');
    expect(page.text()).toContain('1,694 models');
    expect(page.text()).toContain('prices.example');
    expect(page.text()).not.toContain('Back to those of the app');
    expect(rpc.calls.map(({ name }) => name)).toEqual(['prices.status']);
  });

  it('are fetched when asked to, and given up again', async () => {
    const { page } = await open({ 'prices.refresh': () => fetched, 'prices.reset': () => status() });
    await press(page, 'Fetch newer prices');
    expect(page.text()).toContain('Nov 21, 2026, fetched');
    await press(page, 'Back to those of the app');
    expect(page.text()).toContain('as they came with the app');
  });

  it('that could not be had say why', async () => {
    const { page } = await open({ 'prices.refresh': () => status({ problem: quoted('Nobody answered.') }) });
    await press(page, 'Fetch newer prices');
    expect(page.get('[role=alert]').text()).toContain('Nobody answered.');
  });
});
