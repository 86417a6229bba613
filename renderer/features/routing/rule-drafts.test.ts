/** Rules and targets as they are typed, and as the configuration has them. */
import { describe, expect, it } from 'vitest';
import { ruleSchema, type RuleConfig } from '../../../contract/config/routing.ts';
import { sampleTarget } from '../../testing/samples.ts';
import {
  newRule,
  rowOfRule,
  ruleChanged,
  ruleFaults,
  ruleOf,
  rulesChanged,
  type RuleDraft,
} from './rule-drafts.ts';
import { newTarget, sameTarget, targetDraft, targetFault, targetNote, targetOf } from './targets.ts';

const viewOf = (rule: RuleConfig, number = 1) => ({ number, rule, hits: 0, lastHitAt: null, problem: null });
const ALL: RuleConfig = {
  enabled: true,
  when: {
    model: 'claude-*',
    client: 'claude-code',
    header: { 'x-private': '1' },
    size: { over: 2_000_000, under: 1_234_567_890 },
    time: { from: '22:00', to: '06:00', days: ['mon', 'sat'] },
    tools: true,
    images: false,
  },
  then: { model: 'fast' },
};

describe('a rule', () => {
  it.each([
    ['every condition', ALL],
    ['none', { enabled: true, when: {}, then: { model: 'm' } }],
    ['a size in bytes', { enabled: true, when: { size: { under: 1_001 } }, then: { model: 'm' } }],
    ['a name, and that it is off', { name: 'n', enabled: false, when: {}, then: { model: 'm' } }],
    [
      'hours of every day',
      { enabled: true, when: { time: { from: '09:00', to: '17:30', days: [] } }, then: { model: 'm' } },
    ],
  ] satisfies [string, RuleConfig][])('comes back as it was: %s', (_name, rule) => {
    expect(ruleSchema.parse(ruleOf(rowOfRule(viewOf(rule))))).toEqual(rule);
  });

  it('reads what is typed loosely', () => {
    const draft: RuleDraft = {
      ...newRule([]),
      model: ' gpt-* ',
      headers: [{ name: ' X-Team ', value: ' red ' }],
      from: '9:00',
      days: ['sun', 'mon'],
      target: ' m ',
    };
    expect(ruleOf(draft)).toEqual({
      when: {
        model: 'gpt-*',
        header: { 'x-team': 'red' },
        time: { from: '09:00', to: '00:00', days: ['mon', 'sun'] },
      },
      then: { model: 'm' },
    });
  });

  it.each([
    [{}, {}],
    [{ target: ' ' }, { target: 'no_rule_target' }],
    [{ over: 'much' }, { size: 'size_form' }],
    [{ over: '2MB', under: '1MB' }, { size: 'size_order' }],
    [{ from: '24:00' }, { time: 'time_form' }],
    [{ to: '7:5' }, { time: 'time_form' }],
    [{ headers: [{ name: 'a b', value: 'x' }] }, { header: 'header_form' }],
    [{ headers: [{ name: 'a', value: ' ' }] }, { header: 'header_form' }],
  ] satisfies [Partial<RuleDraft>, object][])('with %j has faults %j', (changes, faults) => {
    const none = { target: null, size: null, time: null, header: null };
    expect(ruleFaults({ ...newRule([]), target: 'm', ...changes })).toEqual({ ...none, ...faults });
  });

  it('is changed by another value, the list by another order too', () => {
    const views = [viewOf(ALL), viewOf({ enabled: true, when: {}, then: { model: 'm' } }, 2)];
    const rows = views.map(rowOfRule);
    expect(rulesChanged(rows, views)).toBe(false);
    expect(rulesChanged([...rows].reverse(), views)).toBe(true);
    expect(rulesChanged(rows.slice(1), views)).toBe(true);
    expect(rulesChanged([...rows, newRule(rows)], views)).toBe(true);
    const [first = newRule([])] = rows;
    expect(ruleChanged(first, views)).toBe(false);
    expect(ruleChanged({ ...first, tools: 'no' }, views)).toBe(true);
    expect(ruleChanged({ ...first, name: 'nights' }, views)).toBe(true);
    expect(ruleChanged({ ...first, enabled: false }, views)).toBe(true);
    expect(newRule([newRule([])]).key).toBe('new-2');
  });
});

describe('a target', () => {
  it.each([
    { model: 'a' },
    { model: 'a', weight: 2.5 },
    { model: 'a', level: 'high' },
    { model: 'a', from: 0.2, to: 0.6 },
    { model: 'a', to: 0.6 },
  ] as const)('comes back as it was: %j', (target) => {
    expect(targetOf(targetDraft(sampleTarget(target)))).toEqual(target);
    expect(sameTarget(targetDraft(sampleTarget(target)), newTarget('a'))).toBe(
      Object.keys(target).length === 1,
    );
  });

  it.each([
    [{ weight: '0' }, 'weight_form'],
    [{ weight: 'two' }, 'weight_form'],
    [{ weight: '1001' }, 'weight_form'],
    [{ range: 'own', from: '-0.1' }, 'range_form'],
    [{ range: 'own', from: '0.5', to: '0.5' }, 'range_order'],
    [{ range: 'own', from: '1' }, 'range_order'],
    [{ range: 'own', from: '0.5' }, null],
    [{ range: 'low', from: '9' }, null],
  ] as const)('with %j has the fault %j', (changes, fault) =>
    expect(targetFault({ ...newTarget('a'), ...changes })).toBe(fault),
  );

  it('notes what its strategy looks at', () => {
    const target = { ...newTarget('a'), weight: '2', range: 'own', to: '0.3' } as const;
    expect(targetNote('weighted', target)).toBe('× 2');
    expect(targetNote('complexity', target)).toBe('0–0.3');
    expect(targetNote('priority', target)).toBe('');
  });
});
