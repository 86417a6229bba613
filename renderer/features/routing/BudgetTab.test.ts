import { flushPromises } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { budgetSchema } from '../../../contract/config/protection.ts';
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { BudgetView } from '../../../contract/rpc/procedures/budgets.ts';
import type { ClientView } from '../../../contract/rpc/procedures/clients.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { sampleProvider } from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import Page from './Page.vue';

const route = { path: '/routing/:id?', name: 'routing', component: Page };
const settings = { path: '/settings/:section?', name: 'settings', component: { render: () => null } };

const ALL: BudgetView = {
  id: 'all/month',
  scope: 'all',
  per: 'month',
  usd: 60,
  spent: 35.42,
  action: 'block',
  warnAt: [0.5, 0.8],
  state: 'fine',
  since: Date.UTC(2026, 10, 1),
  resetsAt: Date.UTC(2026, 11, 1),
  requests: 12,
  unpriced: 0,
  underWay: 0,
};

async function setUp(options: {
  budgets?: readonly BudgetView[] | RpcError;
  clients?: readonly ClientView[];
  refuse?: RpcError;
}) {
  let budgets = options.budgets ?? [ALL];
  const rpc = createFakeRpc({
    'aliases.list': () => [],
    'routing.rules': () => [],
    'complexity.show': () => Promise.reject(new RpcError('unavailable', 'Not now.')),
    'providers.list': () => [sampleProvider({ id: 'groq' })],
    'clients.list': () => options.clients ?? [],
    'clients.activity': () => [],
    'budgets.list': () => (budgets instanceof RpcError ? Promise.reject(budgets) : budgets),
    'budgets.remove': ({ id }) => (budgets = read().filter((budget) => budget.id !== id)),
    'budgets.put': ({ was, budget: given }) => {
      if (options.refuse !== undefined) throw options.refuse;
      const { warn_at: warnAt, ...budget } = budgetSchema.parse(given);
      const made: BudgetView = { ...ALL, ...budget, warnAt, id: `${budget.scope}/${budget.per}` };
      return (budgets = [...read().filter(({ id }) => id !== was), made]);
    },
  });
  const read = (): readonly BudgetView[] => (budgets instanceof RpcError ? [] : budgets);
  const { page } = await mountPage({ rpc, route, others: [settings], at: '/routing?tab=budgets' });
  await flushPromises();
  const press = async (name: string): Promise<void> => {
    const found = [...document.querySelectorAll('button')].find(
      (one) => one.textContent.trim() === name || one.getAttribute('aria-label') === name,
    );
    if (found === undefined) throw new Error(`There is no button ${name}.`);
    found.click();
    await flushPromises();
  };
  const called = (name: string) => rpc.calls.filter((call) => call.name === name).map(({ input }) => input);
  return { rpc, page, press, called, repair: () => (budgets = [ALL]) };
}

const dialog = (): HTMLElement => {
  const found = document.querySelector('[role=dialog]');
  if (!(found instanceof HTMLElement)) throw new Error('No dialog is open.');
  return found;
};
async function fill(label: string, value: string): Promise<void> {
  const id = [...dialog().querySelectorAll('label')].find(
    ({ textContent }) => textContent === label,
  )?.htmlFor;
  const control = document.getElementById(id ?? '');
  if (!(control instanceof HTMLInputElement || control instanceof HTMLSelectElement)) {
    throw new Error(`There is no field ${label}.`);
  }
  control.value = value;
  control.dispatchEvent(new Event(control instanceof HTMLSelectElement ? 'change' : 'input'));
  await flushPromises();
}
const submit = async (): Promise<void> => {
  dialog().querySelector('form')?.requestSubmit();
  await flushPromises();
};

describe('budgets', () => {
  it('show what was spent, until when, and what happens then', async () => {
    const { page } = await setUp({ budgets: [ALL, { ...ALL, id: 'b', scope: 'client:ci', state: 'spent' }] });
    const text = page.get('table[aria-label="Budgets"]').text();
    for (const part of ['Everything', 'per month', '$35.42', 'of $60.00', '50, 80%', 'Refuse', 'Client ci']) {
      expect(text).toContain(part);
    }
    expect(text).toContain('Spent, requests are refused');
    expect(page.get('[role=meter]').attributes('aria-valuenow')).toBe('59');
  });

  it('are made: what is wrong is told on the first try, not before', async () => {
    const { page, press, called } = await setUp({ budgets: [] });
    expect(page.text()).toContain('No budget is set.');
    await press('Add budget');
    await fill('For', 'provider');
    expect(dialog().textContent).not.toContain('A number of dollars');
    await submit();
    expect(dialog().textContent).toContain('A number of dollars');
    expect(called('budgets.put')).toEqual([]);
    await fill('Which', 'groq');
    await fill('Amount, US dollars', '12.50');
    await fill('Warn at, per cent', '90, 50');
    await press('per day');
    await press('Only warn');
    await submit();
    expect(called('budgets.put')).toEqual([
      { budget: { scope: 'provider:groq', usd: 12.5, per: 'day', warn_at: [0.5, 0.9], action: 'warn' } },
    ]);
    expect(page.text()).toContain('Provider groq');
    expect(document.querySelector('[role=dialog]')).toBeNull();
  });

  it('are changed; one that is there already cannot be made twice', async () => {
    const { press, called } = await setUp({ budgets: [ALL, { ...ALL, id: 'all/day', per: 'day' }] });
    await press('Change budget: All, this month');
    await press('per day');
    expect(dialog().textContent).toContain('There is a budget for this scope and period already');
    await press('per month');
    await fill('Amount, US dollars', '80');
    await submit();
    expect(called('budgets.put')).toMatchObject([
      { was: 'all/month', budget: { usd: 80, warn_at: [0.5, 0.8] } },
    ]);
  });

  it('that are refused stay in the dialog, with the reason', async () => {
    const { press } = await setUp({ refuse: new RpcError('locked', 'budgets is set by a variable.') });
    await press('Change budget: All, this month');
    await submit();
    expect(dialog().textContent).toContain('budgets is set by a variable.');
  });

  it('are removed at once, and come back as they were', async () => {
    const { page, press, called } = await setUp({});
    await press('Remove budget: All, this month');
    expect(page.text()).toContain('No budget is set.');
    useToasts().toasts.at(-1)?.undo?.();
    await flushPromises();
    expect(called('budgets.put')).toEqual([
      { budget: { scope: 'all', usd: 60, per: 'month', warn_at: [0.5, 0.8], action: 'block' } },
    ]);
    expect(page.text()).toContain('Everything');
  });

  it('that cannot be read say so, and are read again', async () => {
    const { page, press, repair } = await setUp({ budgets: new RpcError('unavailable', 'Not now.') });
    expect(page.text()).toContain('The budgets could not be read.');
    repair();
    await press('Try again');
    expect(page.text()).toContain('Everything');
  });
});
