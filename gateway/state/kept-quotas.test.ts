import { describe, expect, it } from 'vitest';
import type { KeyQuota } from '../../contract/rpc/procedures/providers.ts';
import { LONGEST_DATE } from '../routing/hints.ts';
import { keptQuotas, MOST_KEYS, MOST_LIMITS, OLDEST_QUOTA, worthKeeping } from './kept-quotas.ts';

const NOW = Date.UTC(2026, 10, 27);
const HOUR = 3_600_000;
const figure = (own: Partial<KeyQuota> = {}): KeyQuota => ({
  name: 'tokens',
  limit: 1_000,
  remaining: 370,
  resetsAt: NOW + 2 * HOUR,
  seenAt: NOW - HOUR,
  ...own,
});
const one = (key: string, own: Partial<KeyQuota> = {}) => ({
  provider: 'a',
  key,
  answered: [figure(own)],
  checked: [],
});

describe('a figure of an earlier process', () => {
  const since = { at: NOW - 2 * HOUR, remaining: 400 };
  it.each<[what: string, kept: Partial<KeyQuota>, taken: Partial<KeyQuota> | null]>([
    ['stays as it was told', {}, {}],
    ['stays with the rate it went down at', { since }, { since }],
    ['goes once it was reset', { resetsAt: NOW }, null],
    ['stays until then', { resetsAt: NOW + 1 }, { resetsAt: NOW + 1 }],
    [
      'stays for a week where nobody says when',
      { resetsAt: null, seenAt: NOW - OLDEST_QUOTA + 1 },
      {
        resetsAt: null,
        seenAt: NOW - OLDEST_QUOTA + 1,
      },
    ],
    ['goes after it', { resetsAt: null, seenAt: NOW - OLDEST_QUOTA }, null],
    ['goes after it, reset or not', { seenAt: NOW - OLDEST_QUOTA }, null],
    [
      'of a clock that was ahead is told now, and resets no later',
      { seenAt: NOW + HOUR, since },
      {
        seenAt: NOW,
        resetsAt: NOW + HOUR,
      },
    ],
    ['resets at no date beyond belief', { resetsAt: NOW + LONGEST_DATE + 1 }, { resetsAt: null }],
    ['has no moment beyond belief', { seenAt: 1e300, resetsAt: 1e300 }, null],
    ['has no rate of a later moment', { since: { at: 1e300, remaining: 400 } }, {}],
    ['has a name that can be one', { name: 'x'.repeat(65) }, null],
  ])('%s', (_what, kept, taken) => {
    expect(worthKeeping([figure(kept)], NOW)).toEqual(taken === null ? [] : [figure(taken)]);
  });

  it('is one of few', () => {
    const many = Array.from({ length: 99 }, (_none, number) => figure({ name: `limit-${number}` }));
    expect(worthKeeping(many, NOW)).toEqual(many.slice(0, MOST_LIMITS));
  });
});

describe('keys with figures', () => {
  const all = () => true;

  it('go with what is gone, and when nothing of them says anything any more', () => {
    const known = [one('kept'), one('gone'), one('reset', { resetsAt: NOW - 1 })];
    expect(keptQuotas(known, (_provider, key) => key !== 'gone', NOW)).toEqual([one('kept')]);
  });

  it('are the ones told of last, where there are too many', () => {
    const known = Array.from({ length: MOST_KEYS + 5 }, (_none, number) =>
      one(`k${number}`, { seenAt: NOW - HOUR + number }),
    );
    const kept = keptQuotas(known, all, NOW);
    expect(kept).toHaveLength(MOST_KEYS);
    expect(kept.at(0)?.key).toBe(`k${MOST_KEYS + 4}`);
    expect(kept.at(-1)?.key).toBe('k5');
  });

  it('keep what a check told apart from what answers did', () => {
    const credit = figure({ name: 'credit', resetsAt: null });
    const known = { ...one('k'), checked: [credit, figure({ resetsAt: NOW - 1 })] };
    expect(keptQuotas([known], all, NOW)).toEqual([{ ...one('k'), checked: [credit] }]);
  });
});
