/** What a dry run says of money and of the client: budgets that are spent or nearly, and limits on who asks. */
import type { ExplainedBudget, ExplainedClient } from '../../contract/rpc/procedures/routing.ts';
import type { BudgetView } from '../../contract/rpc/procedures/budgets.ts';
import { clientRefused } from '../pipeline/client-limits.ts';
import type { GatewayError } from '../core/errors.ts';
import { budgetCheck, scopesOf, type BudgetCheck } from '../pipeline/spending.ts';
import type { PlanGroup } from '../routing/plan.ts';
import type { ControlPorts } from './ports.ts';

type LimitPorts = Pick<ControlPorts, 'config' | 'budgets' | 'clients'>;

export interface ExplainedSpending {
  readonly budgets: readonly ExplainedBudget[];
  readonly check: BudgetCheck;
}

export function explainedSpending(
  names: readonly string[],
  client: string | null,
  groups: readonly PlanGroup[],
  { budgets }: LimitPorts,
): ExplainedSpending {
  const scopes = scopesOf(names, client);
  const check = budgetCheck(scopes, groups, budgets);
  const asked = new Set([...scopes, ...groups.map(({ provider }) => `provider:${provider}`)]);
  const closed = new Map([...check.closed.values()].map((block) => [block.rule.id, block]));
  const told = budgets.view().flatMap((view): readonly ExplainedBudget[] => {
    if (!asked.has(view.scope)) return [];
    const block = check.block?.rule.id === view.id ? check.block : closed.get(view.id);
    if (block === undefined && view.state === 'fine') return [];
    const state = block?.reserved === true ? 'reserved' : view.state === 'spent' ? 'spent' : 'near';
    const { id, scope, per, usd, spent, resetsAt } = view;
    return [{ id, scope, per, usd, spent, resetsAt, state, effect: effectOf(view, block !== undefined) }];
  });
  return { budgets: told, check };
}

function effectOf({ scope }: BudgetView, blocks: boolean): ExplainedBudget['effect'] {
  if (!blocks) return 'warns';
  return scope.startsWith('provider:') ? 'leaves-out' : 'refuses';
}

/** Undefined where nobody in particular asks, or nothing limits who does. */
export function explainedClient(
  id: string | null,
  { config, clients }: LimitPorts,
): { readonly told: ExplainedClient; readonly error: GatewayError | undefined } | undefined {
  const client = id === null ? undefined : config().clients.find((one) => one.id === id);
  if (client === undefined) return undefined;
  const { rpm = 0, max_concurrency: maxConcurrency = 0 } = client;
  if (rpm === 0 && maxConcurrency === 0) return undefined;
  const limits = { rpm, atOnce: maxConcurrency };
  const { used, underWay, crowded } = clients.look(client.id, limits);
  const wait = crowded?.kind === 'too-many' ? Math.ceil(crowded.wait) : 0;
  return {
    told: { id: client.id, rpm, used, maxConcurrency, underWay, wait, refused: crowded !== null },
    error: crowded === null ? undefined : clientRefused(client.id, limits, crowded),
  };
}
