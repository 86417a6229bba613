import { describe, expect, it } from 'vitest';
import type { KeyQuota } from '../../contract/rpc/procedures/providers.ts';
import { createQuotaHistory } from './quota-history.ts';

const MINUTE = 60_000;
const left = (minute: number, remaining: number): KeyQuota => ({
  name: 'tokens',
  limit: 1_000,
  remaining,
  resetsAt: null,
  seenAt: minute * MINUTE,
});

describe('what was left', () => {
  it('is kept once a minute, and told from the oldest sample on', () => {
    const history = createQuotaHistory();
    expect(history.due('a/k', 0)).toBe(true);
    history.add('a/k', [left(0, 900)]);
    expect(history.due('a/k', MINUTE - 1)).toBe(false);
    expect(history.due('a/k', MINUTE)).toBe(true);
    expect(history.due('a/other', 1)).toBe(true);
    history.add('a/k', [left(1, 800)]);
    expect(history.withSince('a/k', left(2, 700)).since).toEqual({ at: 0, remaining: 900 });
  });

  it('begins anew when it was filled up', () => {
    const history = createQuotaHistory();
    history.add('a/k', [left(0, 100)]);
    history.add('a/k', [left(1, 1_000)]);
    expect(history.withSince('a/k', left(2, 900)).since).toEqual({ at: MINUTE, remaining: 1_000 });
    // Filled up since the last sample: nothing is known of this round.
    expect(history.withSince('a/k', left(3, 1_001)).since).toBeUndefined();
  });

  it('is forgotten after an hour, and with its key', () => {
    const history = createQuotaHistory();
    for (let minute = 0; minute < 200; minute += 1) history.add('a/k', [left(minute, 1_000 - minute)]);
    expect(history.withSince('a/k', left(200, 700)).since).toEqual({ at: 141 * MINUTE, remaining: 859 });
    history.forget('a/k');
    expect(history.withSince('a/k', left(201, 600)).since).toBeUndefined();
  });

  it('says nothing where there is one sample alone', () => {
    const history = createQuotaHistory();
    history.add('a/k', [left(0, 900)]);
    expect(history.withSince('a/k', left(0, 900)).since).toBeUndefined();
  });
});
