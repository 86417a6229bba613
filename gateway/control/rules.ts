/** Procedures that show and change rules. */
import { isDeepStrictEqual } from 'node:util';
import type { RuleConfig } from '../../contract/config/routing.ts';
import type { InputOf } from '../../contract/rpc/define.ts';
import type { Handlers, Procedures } from '../../contract/rpc/procedures.ts';
import type { RuleView } from '../../contract/rpc/procedures/routing.ts';
import type { ArrangedEntry } from '../config/edit.ts';
import { targetProblem } from './alias-views.ts';
import { entryChanges } from './entry-changes.ts';
import { match } from '../routing/match.ts';
import type { ControlPorts } from './ports.ts';
import { refused } from '../core/refusals.ts';

type RulePorts = Pick<ControlPorts, 'config' | 'edit' | 'routing' | 'dryRun'>;
type GivenRule = InputOf<Procedures['routing.setRules']>['rules'][number];

export function ruleHandlers(ports: RulePorts): Pick<Handlers, 'routing.rules' | 'routing.setRules'> {
  return {
    'routing.rules': () => Promise.resolve(ruleViews(ports)),

    async 'routing.setRules'({ seen, rules }) {
      await ports.edit(({ config }) => {
        if (config.locked['rules'] !== undefined) throw refused('rules-elsewhere');
        if (JSON.stringify(seen) !== JSON.stringify(config.rules)) throw refused('rules-changed', {}, 'seen');
        return [{ op: 'arrange', path: ['rules'], entries: arranged(rules, config.rules) }];
      });
      return ruleViews(ports);
    },
  };
}

/** @throws RpcError `invalid_input` where a number names no rule, or two say they were the same */
function arranged(given: readonly GivenRule[], rules: readonly RuleConfig[]): readonly ArrangedEntry[] {
  const taken = new Set(given.flatMap(({ was }) => (was === undefined ? [] : [was - 1])));
  const named = given.filter(({ was }) => was !== undefined);
  if (taken.size < named.length || named.some(({ was = 0 }) => rules[was - 1] === undefined)) {
    throw refused('rules-mixed', {}, 'rules');
  }
  return given.map(({ was, ...rule }) => {
    const index =
      was === undefined
        ? rules.findIndex((old, at) => !taken.has(at) && isDeepStrictEqual(entryChanges(old, rule), {}))
        : was - 1;
    const old = rules[index];
    if (old === undefined) return { was: null, changes: asWritten(rule) };
    taken.add(index);
    return { was: index, changes: entryChanges(old, rule) };
  });
}

/** Without what goes without saying. */
function asWritten({ name, enabled, when, then }: RuleConfig): Record<string, unknown> {
  const { time, ...others } = when;
  const hours = time === undefined ? {} : { time: time.days.length === 0 ? withoutDays(time) : time };
  return {
    ...(name === undefined ? {} : { name }),
    ...(enabled ? {} : { enabled }),
    when: { ...others, ...hours },
    then,
  };
}

const withoutDays = ({ from, to }: { readonly from: string; readonly to: string }) => ({ from, to });

function ruleViews(ports: RulePorts): readonly RuleView[] {
  const { config, routing, dryRun } = ports;
  const known = routing().rules;
  return config().rules.map((rule, index) => {
    const routable = known[index];
    const hit = routable === undefined ? undefined : dryRun.memory.hits.of(routable.hits);
    const found = match(rule.then.model, routing());
    const problem = found.kind === 'targets' ? null : targetProblem(found, rule.then.model, ports).problem;
    return { number: index + 1, rule, hits: hit?.count ?? 0, lastHitAt: hit?.lastAt ?? null, problem };
  });
}
