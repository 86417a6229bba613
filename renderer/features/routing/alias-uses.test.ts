import { describe, expect, it } from 'vitest';
import { sampleAlias, sampleTarget } from '../../testing/samples.ts';
import { shareOfTarget, usesOf, withShare } from './alias-uses.ts';
import { NO_DRAFTS, rowsOf } from './drafts.ts';
import { newRule } from './rule-drafts.ts';
import { newTarget } from './targets.ts';

it('an alias is used by rules and by other aliases', () => {
  const rows = rowsOf(
    [
      sampleAlias({ id: 'fast', targets: [sampleTarget({ model: 'a/m' })] }),
      sampleAlias({ id: 'all', targets: [sampleTarget({ model: 'fast' })] }),
    ],
    NO_DRAFTS,
  );
  const rules = ['fast', 'all', ' fast '].map((target) => ({ ...newRule([]), target }));
  const uses = rows.map((row) => usesOf(row, rows, rules));
  expect(uses).toEqual([
    { rules: [1, 3], aliases: ['all'] },
    { rules: [2], aliases: [] },
  ]);
});

describe('weights', () => {
  const of = (...weights: readonly string[]) =>
    weights.map((weight, index) => ({ ...newTarget(`m${index}`), weight }));
  const weights = (list: ReturnType<typeof withShare>) => list.map(({ weight }) => Number(weight));

  it('are shares of the whole', () => {
    const targets = of('3', '', '');
    expect(targets.map((target) => shareOfTarget(target, targets))).toEqual([0.6, 0.2, 0.2]);
    const odd = of('many', '1');
    expect(shareOfTarget(odd[0] ?? newTarget(''), odd)).toBeNull();
  });

  it.each([
    [['1', '1'], 0.75, [75, 25]],
    [['1', '3', '1'], 0.2, [20, 60, 20]],
    [['1', '1'], 1, [99, 1]],
    [['1', '1'], 0, [1, 99]],
    [['5'], 0.5, [5]],
  ])('%j with a share of %d are %j', (given, share, expected) =>
    expect(weights(withShare(of(...given), 'm0', share))).toEqual(expected),
  );
});
