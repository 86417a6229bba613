import { describe, expect, it } from 'vitest';
import { newRule, type RuleDraft } from './rule-drafts.ts';
import { shadows } from './rule-overlap.ts';

const rule = (changes: Partial<RuleDraft>): RuleDraft => ({ ...newRule([]), target: 'm', ...changes });
const found = (first: Partial<RuleDraft>, second: Partial<RuleDraft>, dead = false) =>
  shadows(
    [rule({ ...first, key: 'a' }), rule({ ...second, key: 'b' })],
    ({ key }) => dead && key === 'a',
  ).get('b');

describe('a rule is never reached', () => {
  it.each<[string, Partial<RuleDraft>, Partial<RuleDraft>]>([
    ['after one that takes all', {}, { model: 'gpt-5' }],
    ['after the same', { model: 'gpt-5', tools: 'yes' }, { model: 'GPT-5', tools: 'yes' }],
    ['after a wider name', { model: 'gpt-*' }, { model: 'gpt-5*', client: 'ci' }],
    ['after a name with two stars', { model: '*gpt*' }, { model: 'openai/gpt-*' }],
    [
      'after a wider header',
      { headers: [{ name: 'X-Team', value: '*' }] },
      { headers: [{ name: 'x-team', value: 'red' }] },
    ],
    ['after a wider size', { over: '100KB' }, { over: '0.2MB', under: '1MB' }],
    [
      'after the same hours on more days',
      { from: '22:00', to: '06:00' },
      { from: '22:00', to: '06:00', days: ['sat'] },
    ],
    ['after the same days', { days: ['sat', 'sun'] }, { days: ['sun'] }],
  ])('%s', (_case, first, second) => expect(found(first, second)).toBe(1));
});

describe('a rule may apply', () => {
  it.each<[string, Partial<RuleDraft>, Partial<RuleDraft>]>([
    ['after a narrower one', { model: 'gpt-5' }, { model: 'gpt-*' }],
    ['after one with another condition', { client: 'ci' }, { model: 'gpt-5' }],
    ['after one that is off', { enabled: false }, {}],
    ['after one without a target', { target: '' }, {}],
    ['after a name that only looks wider', { model: 'a*b' }, { model: 'a*' }],
    ['after one of other hours', { from: '22:00', to: '06:00' }, { from: '23:00', to: '05:00' }],
    ['after fewer days', { days: ['sat'] }, {}],
    ['after one that wants the opposite', { tools: 'no' }, { tools: 'yes' }],
    ['after a larger size', { over: '1MB' }, { over: '100KB' }],
  ])('%s', (_case, first, second) => expect(found(first, second)).toBeUndefined());

  it('after one that leads nowhere', () => expect(found({}, {}, true)).toBeUndefined());
  it('while it is off', () => expect(found({}, { enabled: false })).toBeUndefined());
});

it('200 rules are compared at once', () => {
  const many = Array.from({ length: 200 }, (_, index) => rule({ key: String(index), model: `m-${index}-*` }));
  expect(shadows([...many, rule({ key: 'last', model: 'm-7-x' })], () => false)).toEqual(
    new Map([['last', 8]]),
  );
});
