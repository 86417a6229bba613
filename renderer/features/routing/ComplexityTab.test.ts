import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RpcError } from '../../../contract/rpc/errors.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { mountPage } from '../../testing/with-app.ts';
import Page from './Page.vue';

const route = { path: '/routing/:id?', name: 'routing', component: Page };
const SETTINGS = {
  weights: {
    length: 0.45,
    code: 0.3,
    reasoning: 0.7,
    tools: 0.25,
    images: 0.25,
    turns: 0.25,
    constraints: 0.35,
  },
  thresholds: { medium: 0.2, high: 0.55 },
};

const NONE = { length: 0, code: 0, reasoning: 0, tools: 0, images: 0, turns: 0, constraints: 0 };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function setUp(fail = false) {
  let settings = SETTINGS;
  let failing = fail;
  const show = () => ({ settings, defaults: SETTINGS, aliases: ['smart'] });
  const rpc = createFakeRpc({
    'aliases.list': () => [],
    'routing.rules': () => [],
    'complexity.show': () => (failing ? Promise.reject(new RpcError('unavailable', 'Not now.')) : show()),
    'complexity.set': (input) => {
      settings = { ...SETTINGS, weights: { ...SETTINGS.weights, ...input.settings.weights } };
      return show();
    },
    'complexity.recent': () => ({ requests: [NONE, { ...NONE, code: 1 }], looked: 2 }),
    'complexity.score': (input) => ({
      score: input.settings.weights?.reasoning ?? 0,
      level: 'high',
      parts: { length: 0, code: 0, reasoning: 0.7, tools: 0, images: 0, turns: 0, constraints: 0 },
    }),
  });
  const { page } = await mountPage({ rpc, route, at: '/routing?tab=complexity' });
  await flushPromises();
  const called = (name: string) => rpc.calls.filter((call) => call.name === name).map(({ input }) => input);
  const press = async (name: string): Promise<void> => {
    await page
      .findAll('button')
      .find((one) => one.text() === name)
      ?.trigger('click');
    await flushPromises();
  };
  /** Somebody else changes them. */
  const change = async (weights: Partial<typeof NONE>): Promise<void> => {
    settings = { ...SETTINGS, weights: { ...SETTINGS.weights, ...weights } };
    rpc.emit({ topic: 'config.changed', data: null });
    await flushPromises();
  };
  return { page, called, press, change, repair: () => (failing = false) };
}

it('weights are tried on a prompt while they change, and applied with the rest', async () => {
  const { page, called, press } = await setUp();
  expect(page.text()).toContain('Decides in 1 alias: smart');
  await page.get('textarea').setValue('Prove it.');
  await vi.advanceTimersByTimeAsync(200);
  expect(called('complexity.score')).toMatchObject([{ format: 'openai-chat', settings: SETTINGS }]);
  expect(page.text()).toContain('Score 0.70, high');

  await page.get('input[aria-label="Weight of Reasoning"]').setValue('0.9');
  await vi.advanceTimersByTimeAsync(200);
  expect(page.text()).toContain('Score 0.90, high');
  expect(page.text()).toContain('default 0.70');
  expect(page.text()).toContain('1 change not applied');
  expect(called('complexity.set')).toEqual([]);
  await press('Apply');
  expect(called('complexity.set')).toMatchObject([{ settings: { weights: { reasoning: 0.9, code: 0.3 } } }]);
  expect(page.text()).not.toContain('not applied');
  await press('Back to defaults');
  expect(page.text()).toContain('1 change not applied');
  await press('Discard');
  expect(page.get('input[aria-label="Weight of Reasoning"]').element).toHaveProperty('value', '0.9');
});

it('a weight that was taken back by hand is no change where somebody else changes another', async () => {
  const { page, change } = await setUp();
  const reasoning = page.get('input[aria-label="Weight of Reasoning"]');
  await reasoning.setValue('0.9');
  await reasoning.setValue('0.7');
  await change({ code: 0.5 });
  expect(page.text()).not.toContain('not applied');
  expect(page.get('input[aria-label="Weight of Code"]').element).toHaveProperty('value', '0.5');
});

it('weights that cannot be read say so, and are read again', async () => {
  const { page, press, repair } = await setUp(true);
  expect(page.text()).toContain('The weights could not be read');
  repair();
  await press('Try again');
  expect(page.find('input[aria-label="Weight of Reasoning"]').exists()).toBe(true);
});

it('shows which share of the last requests goes where, and follows a slider before anything is applied', async () => {
  const { page, called } = await setUp();
  const spread = page.get('section[aria-label="Scores of the last requests"]');
  expect(spread.text()).toContain('Low 50%');
  expect(spread.text()).toContain('Medium 50%');
  await page.get('input[aria-label="Medium begins at"]').setValue('0.4');
  expect(spread.text()).toContain('Low 100%');
  expect(called('complexity.recent')).toHaveLength(1);
  expect(called('complexity.set')).toEqual([]);
});
