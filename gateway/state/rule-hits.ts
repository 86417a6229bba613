/** How often each rule decided, since the process began. */
import type { RuleHit, RuleHits } from '../routing/memory.ts';
import type { RoutingRule } from '../routing/rules.ts';

/** Rules edited since are counted anew, and are few. */
const MOST = 1_000;

export function createRuleHits(wall: () => number): RuleHits {
  const hits = new Map<string, RuleHit>();
  const of = ({ identity }: RoutingRule): RuleHit => hits.get(identity) ?? { count: 0, lastAt: null };
  return {
    of,
    hit(rule) {
      const { count } = of(rule);
      hits.delete(rule.identity);
      hits.set(rule.identity, { count: count + 1, lastAt: wall() });
      const [oldest] = hits.keys();
      if (hits.size > MOST && oldest !== undefined) hits.delete(oldest);
    },
  };
}
