import { describe, expect, it } from 'vitest';
import { choicesOf, ranked, routingSnapshot, seeded, targetOf } from '../testing/routing.ts';
import type { AliasChoice, Choices } from './choices.ts';
import { match } from './match.ts';
import type { RoutableAlias, Target } from './snapshot.ts';

const key = { id: 'k', weight: 1, models: [] };
const snapshot = (aliases: Readonly<Record<string, RoutableAlias>>) =>
  routingSnapshot({
    providers: [{ id: 'p', keys: [key], strategy: 'weighted', models: new Set(['a', 'b', 'c', 'd']) }],
    aliases: new Map(Object.entries(aliases)),
  });
const order = (aliases: Readonly<Record<string, RoutableAlias>>, choices: Partial<Choices>) => {
  const found = match('x', snapshot(aliases), choicesOf(choices));
  return found.kind === 'targets' ? found.targets.map(({ model }) => model).join('') : found.kind;
};
const by =
  (figures: Readonly<Record<string, number>>) =>
  ({ model }: Target) =>
    figures[model];

describe('an alias', () => {
  it('tries its targets as they are written', () =>
    expect(order({ x: ranked('priority', 'c', 'a', 'b') }, {})).toBe('cab'));

  it('draws its targets by weight', () => {
    const weights = { a: 1, b: 3, c: 6 };
    const targets = Object.entries(weights).map(([model, weight]) => targetOf(model, { weight }));
    const aliases = { x: ranked('weighted', ...targets) };
    const random = seeded(11);
    const picks = 100_000;
    const firsts = new Map<string, number>();
    for (let pick = 0; pick < picks; pick += 1) {
      const first = order(aliases, { random }).slice(0, 1);
      firsts.set(first, (firsts.get(first) ?? 0) + 1);
    }
    for (const [model, weight] of Object.entries(weights)) {
      expect(Math.abs((firsts.get(model) ?? 0) / picks / (weight / 10) - 1)).toBeLessThan(0.02);
    }
  });

  it('goes round', () => {
    const turns = [0, 1, 2, 3].map((turn) =>
      order({ x: ranked('round-robin', 'a', 'b', 'c') }, { turn: () => turn }),
    );
    expect(turns).toEqual(['abc', 'bca', 'cab', 'abc']);
  });

  it.each([
    ['the quickest first', { a: 300, b: 100, c: 200 }, 'bca'],
    ['one nobody has measured before all', { a: 300, c: 200 }, 'bca'],
    ['none measured: as written', {}, 'abc'],
  ])('least-latency: %s', (_case, figures, expected) =>
    expect(order({ x: ranked('least-latency', 'a', 'b', 'c') }, { latency: by(figures) })).toBe(expected),
  );

  it.each([
    ['the cheapest first', { a: 3, b: 1, c: 2 }, 'bca'],
    ['one without a price after all', { a: 3, c: 2 }, 'cab'],
    ['free ones before all', { a: 3, b: 1, c: 0 }, 'cba'],
  ])('cheapest: %s', (_case, figures, expected) =>
    expect(order({ x: ranked('cheapest', 'a', 'b', 'c') }, { cost: by(figures) })).toBe(expected),
  );

  const levels = ranked(
    'complexity',
    targetOf('a', { range: [0, 0.3] }),
    targetOf('b', { range: [0.3, 0.6] }),
    targetOf('c', { range: [0.6, 1] }),
  );
  it.each([
    [0, 'abc'],
    [0.299, 'abc'],
    [0.3, 'bac'],
    [0.6, 'cab'],
    [1, 'cab'],
  ])('complexity %d goes %s', (score, expected) =>
    expect(order({ x: levels }, { complexity: () => score })).toBe(expected),
  );

  it('takes the targets as written where no range holds the score', () => {
    const gap = ranked(
      'complexity',
      targetOf('b', { range: [0.5, 0.6] }),
      targetOf('a', { range: [0.8, 1] }),
    );
    expect(order({ x: gap }, { complexity: () => 0.2 })).toBe('ba');
  });

  it('asks for nothing its strategy does not need', () => {
    const never = () => {
      throw new Error('asked');
    };
    const choices = {
      random: never,
      turn: never,
      latency: never,
      cost: never,
      load: never,
      complexity: never,
    };
    expect(order({ x: ranked('priority', 'a', 'b') }, choices)).toBe('ab');
  });
});

describe('an alias of aliases', () => {
  const aliases = {
    x: ranked('cheapest', 'slow', 'quick'),
    slow: ranked('round-robin', 'a', 'b'),
    quick: ranked('least-latency', 'c', 'd', 'x'),
  };

  it('orders each by its own strategy, and an alias by its best place', () => {
    const choices = { cost: by({ a: 9, b: 5, c: 7, d: 6 }), turn: () => 1, latency: by({ c: 80, d: 20 }) };
    expect(order(aliases, choices)).toBe('badc');
    expect(order(aliases, { ...choices, cost: by({ a: 9, b: 5, c: 7, d: 1 }) })).toBe('dcba');
  });

  it('tells what was decided and why', () => {
    const told: AliasChoice[] = [];
    const choices = { cost: by({ a: 1 }), turn: () => 1, latency: by({ c: 80, d: 20 }) };
    order(aliases, { ...choices, told: (choice) => void told.push(choice) });
    const first = told.map(({ alias, order: [best] }) => [
      alias,
      best?.target.model,
      best?.because,
      best?.figure,
    ]);
    expect(first).toEqual([
      ['x', 'slow', 'price', 1],
      ['slow', 'b', 'turn', null],
      ['quick', 'd', 'measured', 20],
    ]);
  });
});
