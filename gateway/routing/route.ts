/** From a request to where it can go: rules first, then what the model stands for (DESIGN section 5). Pure. */
import type { Asked } from './asked.ts';
import type { Choices } from './choices.ts';
import { match, type Match } from './match.ts';
import { failedCondition, type RoutingRule } from './rules.ts';
import { rulesFor } from './rules-for.ts';
import type { RoutingSnapshot } from './snapshot.ts';

export interface Routed {
  /** The rule that put another model in the place of the one asked for; null where none did. */
  readonly rule: RoutingRule | null;
  readonly found: Match;
}

/** The first rule that is on and applies. One whose model leads nowhere is passed over: no rule makes a request fail. */
export function ruleFor(asked: Asked, snapshot: RoutingSnapshot): RoutingRule | null {
  for (const candidate of rulesFor(asked.model, snapshot)) {
    if (failedCondition(candidate, asked) === undefined) return candidate.rule;
  }
  return null;
}

export function route(asked: Asked, snapshot: RoutingSnapshot, choices: Choices): Routed {
  const rule = ruleFor(asked, snapshot);
  return { rule, found: match(rule?.model ?? asked.model, snapshot, choices) };
}
