import { describe, expect, it } from 'vitest';
import { sampleKey } from '../../testing/samples.ts';
import { countByGroup, nextSort, shownKeys, type KeyFilter, type KeySort } from './key-list.ts';

const KEYS = [
  sampleKey({ id: 'a', label: 'key 10', weight: 2, lastUsedAt: 5 }),
  sampleKey({ id: 'b', label: 'key 9', state: 'cooling', coolingFor: 1_000, lastUsedAt: 9 }),
  sampleKey({ id: 'c', label: '', state: 'disabled', lastUsedAt: null, account: 'shop' }),
  sampleKey({ id: 'd', label: 'lost', state: 'missing', fingerprint: '' }),
  sampleKey({
    id: 'e',
    label: 'key 2',
    models: [{ model: 'm', reason: 'rate_limited', scope: 'model', coolingFor: 500 }],
  }),
];
const ids = (filter: KeyFilter, words = '', sort: KeySort | null = null): string =>
  shownKeys(KEYS, filter, words, sort)
    .map(({ id }) => id)
    .join('');

describe('keys that are shown', () => {
  it.each<[KeyFilter, string, string]>([
    ['all', '', 'abcde'],
    ['ready', '', 'a'],
    ['cooling', '', 'be'],
    ['fault', '', 'd'],
    ['off', '', 'c'],
    ['all', 'KEY', 'abe'],
    ['all', 'key 9', 'b'],
    ['all', 'shop', 'c'],
    ['ready', 'nothing', ''],
  ])('%s with "%s": %s', (filter, words, wanted) => expect(ids(filter, words)).toBe(wanted));

  it.each<[KeySort | null, string]>([
    [null, 'abcde'],
    [{ column: 'label', descending: false }, 'ceba' + 'd'],
    [{ column: 'state', descending: false }, 'dbeac'],
    [{ column: 'weight', descending: true }, 'abcde'],
  ])('sorted by %j: %s', (sort, wanted) => expect(ids('all', '', sort)).toBe(wanted));

  it('counts every key once', () =>
    expect(countByGroup(KEYS)).toEqual({ all: 5, ready: 1, cooling: 2, fault: 1, off: 1 }));

  it('sorts up, down and not at all', () => {
    const up = nextSort(null, 'label');
    expect(up).toEqual({ column: 'label', descending: false });
    const down = nextSort(up, 'label');
    expect(down).toEqual({ column: 'label', descending: true });
    expect(nextSort(down, 'label')).toBeNull();
    expect(nextSort(down, 'weight')).toEqual({ column: 'weight', descending: false });
  });
});
