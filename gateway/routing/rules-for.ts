/** Which rules may apply to a request, by what the configuration and the model alone say. Pure. */
import { keptFor } from './kept-for.ts';
import { leadsSomewhere } from './resolve.ts';
import { nameMatches } from './pattern.ts';
import type { RoutingRule, RuleCheck } from './rules.ts';
import type { RoutingSnapshot } from './snapshot.ts';

/** A rule that is on, leads somewhere, and is for the model. */
export interface RuleForModel {
  readonly rule: RoutingRule;
  /** What else must hold. */
  readonly when: readonly RuleCheck[];
}

/** Clients choose the names: there may be any number, of any length. */
const KEPT = 200;
const KEPT_LENGTH = 200;

/** A snapshot never changes, and most requests of a day ask for the same few models. */
const foundIn = keptFor(() => new Map<string, readonly RuleForModel[]>());

/** @param model as the client wrote it; in the order of the configuration */
export function rulesFor(model: string, snapshot: RoutingSnapshot): readonly RuleForModel[] {
  if (snapshot.rules.length === 0) return [];
  const known = foundIn(snapshot);
  let rules = known.get(model);
  if (rules !== undefined) return rules;
  rules = snapshot.rules.flatMap((rule) => {
    const others = besidesModel(rule, model);
    return others !== undefined && rule.enabled && leadsSomewhere(rule.model, snapshot)
      ? [{ rule, when: others }]
      : [];
  });
  if (known.size >= KEPT) known.clear();
  if (model.length <= KEPT_LENGTH) known.set(model, rules);
  return rules;
}

/** Undefined where the rule is for other models. */
function besidesModel({ when }: RoutingRule, model: string): readonly RuleCheck[] | undefined {
  const others: RuleCheck[] = [];
  for (const check of when) {
    if (check.on !== 'model') others.push(check);
    else if (!nameMatches(check.is, model)) return undefined;
  }
  return others;
}
