/** Budgets of nobody, and two of one kind. */
import type { Config } from '../../contract/config/schema.ts';
import type { Fault } from './validate.ts';

export function budgetFaults(config: Config, builtIn: readonly string[]): readonly Fault[] {
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
  return budgets.flatMap(({ scope, per }, index): readonly Fault[] => {
    const path = ['budgets', index, 'scope'];
    const [kind = '', id = ''] = /^([a-z]+):(.*)$/s.exec(scope)?.slice(1) ?? [];
    if (kind !== '' && known[kind]?.includes(id) !== true) {
      return [{ path, message: `there is no ${kind} ${id}` }];
    }
    const first = budgets.findIndex((other) => other.scope === scope && other.per === per);
    if (first !== index || withClient.includes(`${scope}/${per}`)) {
      return [{ path, message: `there is a budget for ${scope} per ${per} already; keep one` }];
    }
    return [];
  });
}
