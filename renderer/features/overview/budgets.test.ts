import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BudgetView } from '../../../contract/rpc/procedures/budgets.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { NOON } from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import { subjectOf } from '../../../contract/rpc/budget-scope.ts';
import { budgetState, shareOf } from '../../shared/utils/budget-words.ts';
import BudgetSection from './components/BudgetSection.vue';

const route = { path: '/', name: 'overview', component: BudgetSection };
const DAY = 86_400_000;

const budget = (changes: Partial<BudgetView> = {}): BudgetView => ({
  id: 'all/day',
  scope: 'all',
  per: 'day',
  usd: 60,
  spent: 35.42,
  action: 'block',
  state: 'fine',
  since: NOON,
  resetsAt: NOON + DAY,
  requests: 12,
  unpriced: 0,
  underWay: 0,
  warnAt: [0.8],
  ...changes,
});

const ROUTING = { path: '/routing', name: 'routing', component: { render: () => null } };

async function setUp(answer: () => readonly BudgetView[] | Promise<readonly BudgetView[]>) {
  const rpc = createFakeRpc({
    'budgets.list': answer,
    'budgets.reset': () => [budget({ spent: 0 })],
  });
  const { page } = await mountPage({ rpc, route, others: [ROUTING], at: '/' });
  await flushPromises();
  const called = (name: string) => rpc.calls.filter((call) => call.name === name).map(({ input }) => input);
  return { rpc, page, called };
}
const pressIn = async (root: ParentNode | null, name: string): Promise<void> => {
  const found = [...(root?.querySelectorAll('button') ?? [])].find(
    (one) => one.textContent.trim() === name || one.getAttribute('aria-label') === name,
  );
  if (found === undefined) throw new Error(`There is no button ${name}.`);
  found.click();
  await flushPromises();
};

beforeEach(() => {
  vi.useFakeTimers({ now: NOON, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('budgets', () => {
  it('say what was spent of which, and from when they count anew', async () => {
    const { page } = await setUp(() => [budget(), budget({ id: 'b', scope: 'client:laptop', per: 'month' })]);
    expect(page.text()).toContain('All, today');
    expect(page.text()).toContain('$35.42 of $60.00');
    expect(page.text()).toContain('Client laptop, this month');
    expect(page.text()).toMatch(/Begins anew .*22/);
    expect(page.get('[role=meter]').attributes('aria-valuenow')).toBe('59');
  });

  it('say what a spent one does, and what is not counted', async () => {
    const { page } = await setUp(() => [
      budget({ state: 'spent', spent: 61, unpriced: 2 }),
      budget({ id: 'b', state: 'spent', action: 'warn' }),
      budget({ id: 'c', state: 'near' }),
    ]);
    for (const text of [
      'Spent, requests are refused',
      'Spent, requests go on',
      'Nearly spent',
      '2 requests without a known price are not counted',
    ]) {
      expect(page.text()).toContain(text);
    }
  });

  it('are reset only after a question', async () => {
    const { page, called } = await setUp(() => [budget()]);
    await pressIn(document.body, 'Reset budget: All, today');
    const dialog = () => document.querySelector('[role=alertdialog], [role=dialog]');
    expect(dialog()?.textContent).toContain('$35.42 of $60.00 are forgotten');
    expect(called('budgets.reset')).toEqual([]);
    await pressIn(dialog(), 'Cancel');
    expect(called('budgets.reset')).toEqual([]);
    await pressIn(document.body, 'Reset budget: All, today');
    await pressIn(dialog(), 'Reset budget');
    expect(called('budgets.reset')).toEqual([{ id: 'all/day' }]);
    expect(dialog()).toBeNull();
    expect(page.text()).toContain('$0.00 of $60.00');
  });

  it('that are none say where they are set', async () => {
    const { page } = await setUp(() => []);
    expect(page.text()).toContain('No budget is set.');
    expect(page.find('a[href="/routing?tab=budgets"]').text()).toBe('Add budget');
  });

  it('that cannot be read say so, and are read again', async () => {
    let broken = true;
    const { page } = await setUp(() => (broken ? Promise.reject(new Error('gone')) : [budget()]));
    expect(page.text()).toContain('The budgets could not be read.');
    broken = false;
    await pressIn(document.body, 'Try again');
    expect(page.text()).toContain('All, today');
    expect(page.text()).not.toContain('could not be read');
  });

  it('are read once for a burst of requests, and not after the page is left', async () => {
    const { rpc, page, called } = await setUp(() => [budget()]);
    const count = called('budgets.list').length;
    for (let burst = 0; burst < 5; burst += 1) rpc.emit({ topic: 'requests.changed', data: [] });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(called('budgets.list')).toHaveLength(count + 1);
    rpc.emit({ topic: 'requests.changed', data: [] });
    page.unmount();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(called('budgets.list')).toHaveLength(count + 1);
  });
});

describe('words', () => {
  it.each([
    ['all', { kind: 'all', id: '' }],
    ['client:laptop', { kind: 'client', id: 'laptop' }],
    ['alias:a:b', { kind: 'alias', id: 'a:b' }],
    ['provider:openai', { kind: 'provider', id: 'openai' }],
  ])('%s', (scope, subject) => expect(subjectOf(scope)).toEqual(subject));

  it('a budget of nothing is spent, not divided by', () => {
    expect(shareOf({ spent: 0, usd: 0 })).toBe(1);
    expect(shareOf({ spent: 90, usd: 60 })).toBe(1.5);
  });

  it('a fine one has nothing to say', () => expect(budgetState(budget())).toBeNull());
});
