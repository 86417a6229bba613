/** What is not in a plan, and why: targets that lead nowhere, keys that may not be used. */
import type { Exclusion } from '../../contract/rpc/procedures/routing.ts';
import type { AliasChoice } from '../routing/choices.ts';
import { match } from '../routing/match.ts';
import type { PlanGroup } from '../routing/plan.ts';
import { keysOf } from '../runtime.ts';
import { targetProblem } from './alias-views.ts';
import type { ExplainPorts } from './explain.ts';

export function exclusions(
  told: readonly AliasChoice[],
  groups: readonly PlanGroup[],
  ports: ExplainPorts,
): readonly Exclusion[] {
  return [
    ...told.flatMap((choice) => excludedTargets(choice, ports)),
    ...groups.flatMap((group) => excludedKeys(group, ports)),
  ];
}

function excludedTargets({ alias, order }: AliasChoice, ports: ExplainPorts): readonly Exclusion[] {
  return order.flatMap(({ target: { model } }): readonly Exclusion[] => {
    const found = match(model, ports.routing());
    if (found.kind === 'targets') return [];
    const { problem } = targetProblem(found, model, ports);
    return problem === null ? [] : [{ kind: 'target', alias, model, problem }];
  });
}

function excludedKeys({ provider, model, keys }: PlanGroup, ports: ExplainPorts): readonly Exclusion[] {
  const configured = ports.config().providers.find(({ id }) => id === provider);
  if (configured === undefined) return [];
  const planned = new Set(keys.map(({ id }) => id));
  const runtime = ports.dryRun.snapshot().providers.get(provider);
  return keysOf(configured, ports.memoryKeys.all())
    .filter(({ id }) => !planned.has(id))
    .map(({ id, enabled }) => {
      const problem = !enabled ? 'disabled' : runtime?.keys.has(id) === true ? 'other-models' : 'no-secret';
      return { kind: 'key', provider, model, key: id, problem };
    });
}
