/** Budgets of nobody, and two of one kind. */
import type { Config } from '../../contract/config/schema.ts';
import { fault } from '../../contract/rpc/fault-words.ts';
import type { Fault } from '../../contract/rpc/faults.ts';
import type { FieldFault } from './problem.ts';

/** By the kind of a scope. */
const NOBODY: Readonly<Record<string, Fault>> = {
  client: 'client-nobody',
  provider: 'provider-nobody',
  alias: 'alias-nobody',
};

export function budgetFaults(config: Config, builtIn: readonly string[]): readonly FieldFault[] {
  const { budgets, clients, providers, models } = config;
  const known: Readonly<Record<string, readonly string[]>> = {
    // The key in server.api_key belongs to the client `default`.
    client: ['default', ...clients.map(({ id }) => id)],
    provider: [...builtIn, ...providers.map(({ id }) => id)],
    alias: models.map(({ id }) => id),
  };
  const withClient = clients.flatMap(({ id, budget }) =>
    budget === undefined ? [] : [`client:${id}/${budget.per}`],
  );
  return budgets.flatMap(({ scope, per }, index): readonly FieldFault[] => {
    const path = ['budgets', index, 'scope'];
    const [kind = '', id = ''] = /^([a-z]+):(.*)$/s.exec(scope)?.slice(1) ?? [];
    if (kind !== '' && known[kind]?.includes(id) !== true) {
      return [{ path, told: fault(NOBODY[kind] ?? 'not-understood', { id }) }];
    }
    const first = budgets.findIndex((other) => other.scope === scope && other.per === per);
    if (first !== index || withClient.includes(`${scope}/${per}`)) {
      return [{ path, told: fault('budget-twice', { scope, per }) }];
    }
    return [];
  });
}
