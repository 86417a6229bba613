/** Procedures on budgets. Those of a client may be written with it; they are changed where they stand. */
import type { BudgetConfig } from '../../contract/config/protection.ts';
import type { RpcError } from '../../contract/rpc/errors.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { ArrangedEntry } from '../config/edit.ts';
import type { ConfigEdit } from '../config/store.ts';
import { entryChanges } from './entry-changes.ts';
import type { ControlPorts } from './ports.ts';
import { refused } from '../core/refusals.ts';

type Names = 'budgets.list' | 'budgets.put' | 'budgets.remove' | 'budgets.reset';
type BudgetPorts = Pick<ControlPorts, 'budgets' | 'edit'>;

/** Where a budget is written. */
type Place =
  | { readonly in: 'list'; readonly index: number; readonly budget: BudgetConfig }
  | { readonly in: 'client'; readonly client: string; readonly budget: BudgetConfig };

export function budgetHandlers(ports: BudgetPorts): Pick<Handlers, Names> {
  const { budgets, edit } = ports;
  return {
    'budgets.list': () => Promise.resolve(budgets.view()),

    async 'budgets.put'({ was, budget }) {
      const id = idOf(budget);
      await edit(({ config }) => {
        if (id !== was && placeOf(id, config) !== undefined) {
          throw refused('budget-there', { scope: budget.scope, per: budget.per }, 'budget.scope');
        }
        return was === undefined ? [added(budget, config)] : changed(found(was, config), budget, config);
      });
      return budgets.view();
    },

    async 'budgets.remove'({ id }) {
      await edit(({ config }) => {
        const place = found(id, config);
        return [
          place.in === 'client'
            ? { op: 'delete', path: ['clients', { id: place.client }, 'budget'] }
            : arranged(kept(config).filter(({ was }) => was !== place.index)),
        ];
      });
      return budgets.view();
    },

    'budgets.reset'({ id }) {
      if (budgets.reset(id) === 0 && id !== undefined) return Promise.reject(noBudget(id));
      return Promise.resolve(budgets.view());
    },
  };
}

type Written = Pick<ReturnType<ControlPorts['config']>, 'budgets' | 'clients'>;

const idOf = ({ scope, per }: Pick<BudgetConfig, 'scope' | 'per'>): string => `${scope}/${per}`;
const noBudget = (id: string): RpcError => refused('no-budget', { id }, 'id');

function placeOf(id: string, { budgets, clients }: Written): Place | undefined {
  const index = budgets.findIndex((budget) => idOf(budget) === id);
  const budget = budgets[index];
  if (budget !== undefined) return { in: 'list', index, budget };
  for (const client of clients) {
    if (client.budget === undefined) continue;
    const own = { scope: `client:${client.id}`, ...client.budget };
    if (idOf(own) === id) return { in: 'client', client: client.id, budget: own };
  }
  return undefined;
}

function found(id: string, config: Written): Place {
  const place = placeOf(id, config);
  if (place === undefined) throw noBudget(id);
  return place;
}

const kept = ({ budgets }: Written): readonly ArrangedEntry[] =>
  budgets.map((_, index) => ({ was: index, changes: {} }));
const arranged = (entries: readonly ArrangedEntry[]): ConfigEdit => ({
  op: 'arrange',
  path: ['budgets'],
  entries,
});

function added({ scope, usd, per, warn_at: warnAt, action }: BudgetConfig, config: Written): ConfigEdit {
  return arranged([...kept(config), { was: null, changes: { scope, usd, per, warn_at: warnAt, action } }]);
}

function changed(place: Place, budget: BudgetConfig, config: Written): readonly ConfigEdit[] {
  const changes = entryChanges(place.budget, budget);
  if (place.in === 'list') {
    return [
      arranged(kept(config).map((entry) => (entry.was === place.index ? { ...entry, changes } : entry))),
    ];
  }
  const path = ['clients', { id: place.client }, 'budget'];
  if (budget.scope !== place.budget.scope) return [{ op: 'delete', path }, added(budget, config)];
  return Object.entries(changes).map(([field, value]) => ({ op: 'set', path: [...path, field], value }));
}
