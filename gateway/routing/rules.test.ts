import { describe, expect, it } from 'vitest';
import { ruleSchema } from '../../contract/config/routing.ts';
import { routingSnapshot } from '../testing/routing.ts';
import type { Asked } from './asked.ts';
import { routingRule } from './build.ts';
import { ruleFor } from './route.ts';
import { failedCondition } from './rules.ts';

const asked = (part: Partial<Asked> = {}): Asked => ({
  model: 'claude-opus-4-1',
  client: 'laptop',
  app: 'Claude Code',
  bytes: 20_000,
  header: (name) => ({ 'x-team': 'Research-2' })[name],
  time: () => ({ day: 1, minute: 60 }),
  tools: () => true,
  images: () => false,
  ...part,
});
const rule = (when: unknown, model = 'p/m') => routingRule(ruleSchema.parse({ when, then: { model } }), 0);

describe('a rule applies', () => {
  it.each([
    ['without conditions', {}],
    ['to the model', { model: 'claude-*' }],
    ['whatever the case', { model: 'CLAUDE-OPUS-4-1' }],
    ['with signs at both ends', { model: '*opus*' }],
    ['to a client', { client: 'laptop' }],
    ['to a program', { client: 'claude-code' }],
    ['to a header', { header: { 'X-Team': 'research*' } }],
    ['from a size on', { size: { over: 20_000 } }],
    ['below a size', { size: { under: '1MB' } }],
    ['over midnight', { time: { from: '22:00', to: '06:00' } }],
    ['on the day the night began', { time: { from: '22:00', to: '06:00', days: ['sun'] } }],
    ['the whole day', { time: { from: '00:00', to: '00:00', days: ['mon'] } }],
    ['with tools', { tools: true }],
    ['without images', { images: false }],
    ['where all hold', { model: '*', client: 'lap*', tools: true, size: { over: 1, under: 30_000 } }],
  ])('%s', (_case, when) => expect(failedCondition(rule(when), asked())).toBeUndefined());
});

describe('a rule does not apply', () => {
  it.each([
    ['model', { model: 'claude' }],
    ['model', { model: 'claude-*-4-2' }],
    ['client', { client: 'codex' }],
    ['header', { header: { 'x-team': 'research' } }],
    ['header', { header: { 'x-team': '*', 'x-other': 'a*' } }],
    ['header', { header: { 'x-other': '*' } }],
    ['size', { size: { over: 20_001 } }],
    ['size', { size: { under: 20_000 } }],
    ['time', { time: { from: '01:01', to: '02:00' } }],
    ['time', { time: { from: '00:00', to: '01:00' } }],
    ['time', { time: { from: '22:00', to: '06:00', days: ['mon'] } }],
    ['time', { time: { from: '00:00', to: '02:00', days: ['tue'] } }],
    ['tools', { tools: false }],
    ['images', { images: true }],
    ['client', { client: 'codex', images: true }],
  ])('for its %s', (condition, when) => expect(failedCondition(rule(when), asked())).toBe(condition));
});

it('looks into the body last, and only where the rest holds', () => {
  const never = () => {
    throw new Error('looked');
  };
  const closed = asked({ tools: never, images: never, time: never });
  expect(failedCondition(rule({ model: 'gpt-*', tools: true, images: true }), closed)).toBe('model');
});

it('takes the first that applies, and passes over one whose model leads nowhere', () => {
  const key = { id: 'k', weight: 1, models: [] };
  const rules = [
    rule({ model: 'gpt-*' }, 'p/first'),
    rule({ model: 'claude-*' }, 'p/gone'),
    rule({ client: 'laptop' }, 'p/there'),
    rule({}, 'p/late'),
  ];
  const snapshot = routingSnapshot({
    providers: [
      { id: 'p', keys: [key], strategy: 'weighted', models: new Set(['first', 'there', 'late']) },
      { id: 'q', keys: [key], strategy: 'weighted', models: new Set() },
    ],
    rules,
  });
  expect(ruleFor(asked(), snapshot)?.model).toBe('p/there');
  expect(ruleFor(asked({ client: null }), snapshot)?.model).toBe('p/late');
  expect(ruleFor(asked(), { ...snapshot, rules: rules.slice(0, 2) })).toBeNull();
  const off = rules.map((one) => (one.model === 'p/there' ? { ...one, enabled: false } : one));
  expect(ruleFor(asked(), { ...snapshot, rules: off })?.model).toBe('p/late');
});
