import { expect, it } from 'vitest';
import { ruleSchema } from '../../contract/config/routing.ts';
import { routingRule } from '../routing/build.ts';
import { createRuleHits } from './rule-hits.ts';

const rule = (model: string, index = 0) =>
  routingRule(ruleSchema.parse({ when: { model }, then: { model: 'p/m' } }), index);

it('counts each rule, wherever it stands in the list, and anew when it was changed', () => {
  let now = 5;
  const hits = createRuleHits(() => now);
  expect(hits.of(rule('a'))).toEqual({ count: 0, lastAt: null });
  hits.hit(rule('a'));
  now = 9;
  hits.hit(rule('a', 3));
  expect(hits.of(rule('a', 7))).toEqual({ count: 2, lastAt: 9 });
  expect(hits.of(rule('b'))).toEqual({ count: 0, lastAt: null });
});
