import { expect, it } from 'vitest';
import type { RuleView } from '../../../contract/rpc/procedures/routing.ts';
import { followedName, putBack, rulesBack, withCopy } from './rule-changes.ts';
import { rowOfRule } from './rule-drafts.ts';

const view = (number: number, model: string): RuleView => ({
  number,
  rule: { enabled: true, when: { model }, then: { model: 'fast' } },
  hits: 0,
  lastHitAt: null,
  problem: null,
});
const VIEWS = [view(1, 'a'), view(2, 'b'), view(3, 'c')];
const rules = VIEWS.map(rowOfRule);
const names = (list: readonly { readonly model: string }[]): string =>
  list.map(({ model }) => model).join('');

it('a copy stands after the one it is made from, and is a new rule', () => {
  const { list, copy } = withCopy(rules, '2');
  expect(names(list)).toBe('abbc');
  expect(list[2]).toMatchObject({ key: copy, was: null, target: 'fast' });
});

it.each([
  ['2', 'abc'],
  ['3', 'abc'],
])('rule %s comes back to its place', (key, expected) => {
  const left = rules.filter((rule) => rule.key !== key);
  expect(names(putBack(left, rules, key))).toBe(expected);
});

it('a rule that is there already does not come back twice', () =>
  expect(putBack(rules, rules, '2')).toBe(rules));

it('rules follow the new name of an alias, and nothing else', () => {
  const follow = (was: string | null, id: string, removed = false) =>
    followedName(rules, { was, id, removed }).map(({ target }) => target);
  expect(follow('fast', ' quick ')).toEqual(['quick', 'quick', 'quick']);
  expect(follow('other', 'quick')).toEqual(['fast', 'fast', 'fast']);
  expect(follow(null, 'quick')).toEqual(['fast', 'fast', 'fast']);
  expect(follow('fast', 'quick', true)).toEqual(['fast', 'fast', 'fast']);
});

it('rules that were moved, removed and added go back to what they were', () => {
  const [a, b, c] = rules;
  if (a === undefined || b === undefined || c === undefined) throw new Error('Three rules are needed.');
  const applied = [c, { ...a, key: 'new-1', was: null }, a];
  const back = rulesBack(VIEWS, applied);
  expect(back.map(({ was }) => was)).toEqual([3, undefined, 1]);
  expect(back.map(({ when }) => when.model)).toEqual(['a', 'b', 'c']);
});
