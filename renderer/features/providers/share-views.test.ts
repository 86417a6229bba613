import { describe, expect, it } from 'vitest';
import { sampleKey, sampleProvider } from '../../testing/samples.ts';
import { shareViews } from './share-views.ts';

const one = sampleProvider({ id: 'one', keys: [sampleKey({ id: 'a' }), sampleKey({ id: 'b' })] });
const two = sampleProvider({ id: 'two', keys: [sampleKey({ id: 'c' })] });
const before = [one, two];

describe('views that are told anew', () => {
  it('are the old ones where nothing changed', () => {
    expect(shareViews(before, structuredClone(before))).toBe(before);
  });

  it('are new only for what changed, down to the key', () => {
    const told = structuredClone([
      { ...one, keys: [sampleKey({ id: 'a', inFlight: 1 }), sampleKey({ id: 'b' })] },
      two,
    ]);
    const next = shareViews(before, told);
    expect(next).toEqual(told);
    expect(next[0]).not.toBe(one);
    expect(next[0]?.keys[0]).not.toBe(one.keys[0]);
    expect(next[0]?.keys[1]).toBe(one.keys[1]);
    expect(next[1]).toBe(two);
  });

  it.each([
    ['a provider that was switched off', [{ ...one, enabled: false }, two]],
    ['another order', [two, one]],
    ['another order of keys', [{ ...one, keys: one.keys.toReversed() }, two]],
    ['a provider less', [two]],
    ['a provider more', [one, two, sampleProvider({ id: 'three' })]],
    ['a key less', [{ ...one, keys: one.keys.slice(1) }, two]],
    ['none', []],
  ])('tell %s', (_what, told) => {
    expect(shareViews(before, structuredClone(told))).toEqual(told);
  });

  it('are taken as they are at first', () => {
    expect(shareViews(null, before)).toBe(before);
  });
});
