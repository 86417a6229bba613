/** Procedures that show and change rules. */
import { RpcError } from '../../contract/rpc/errors.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { RuleView } from '../../contract/rpc/procedures/routing.ts';
import type { ControlPorts } from './ports.ts';

type RulePorts = Pick<ControlPorts, 'config' | 'edit' | 'routing' | 'dryRun'>;

export function ruleHandlers(ports: RulePorts): Pick<Handlers, 'routing.rules' | 'routing.setRules'> {
  return {
    'routing.rules': () => Promise.resolve(ruleViews(ports)),

    async 'routing.setRules'({ rules }) {
      if (ports.config().locked['rules'] !== undefined) {
        throw new RpcError('locked', 'Rules are set by a flag or variable; change them there.');
      }
      await ports.edit([{ op: 'set', path: ['rules'], value: rules }]);
      return ruleViews(ports);
    },
  };
}

function ruleViews({ config, routing, dryRun }: RulePorts): readonly RuleView[] {
  const known = routing().rules;
  return config().rules.map((rule, index) => {
    const routable = known[index];
    const hit = routable === undefined ? undefined : dryRun.memory.hits.of(routable);
    return { number: index + 1, rule, hits: hit?.count ?? 0, lastHitAt: hit?.lastAt ?? null };
  });
}
