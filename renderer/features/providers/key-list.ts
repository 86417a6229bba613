/** Which keys of a provider are shown, in which order. Pure. */
import type { KeyView } from '../../../contract/rpc/procedures/providers.ts';
import { keyName } from '../../shared/utils/cool-downs.ts';

/** What the list can be narrowed to; the key of its message, in `providers.keyFilters`. */
export const KEY_FILTERS = ['all', 'ready', 'cooling', 'fault', 'off'] as const;
export type KeyFilter = (typeof KEY_FILTERS)[number];

export const KEY_COLUMNS = ['label', 'state', 'weight', 'lastUsed'] as const;
export type KeyColumn = (typeof KEY_COLUMNS)[number];

export interface KeySort {
  readonly column: KeyColumn;
  readonly descending: boolean;
}

const GROUPS: Readonly<Record<KeyView['state'], Exclude<KeyFilter, 'all'>>> = {
  ready: 'ready',
  probing: 'ready',
  cooling: 'cooling',
  missing: 'fault',
  unavailable: 'fault',
  disabled: 'off',
};

/** A key that only some models cannot use counts as one that cools: its user looks for it there. */
export function keyGroup({ state, models }: KeyView): Exclude<KeyFilter, 'all'> {
  const group = GROUPS[state];
  return group === 'ready' && models.length > 0 ? 'cooling' : group;
}

export function countByGroup(keys: readonly KeyView[]): Readonly<Record<KeyFilter, number>> {
  const counts = { all: keys.length, ready: 0, cooling: 0, fault: 0, off: 0 };
  for (const key of keys) counts[keyGroup(key)] += 1;
  return counts;
}

/** What needs looking at comes first. */
const URGENCY: readonly KeyFilter[] = ['fault', 'cooling', 'ready', 'off'];

const COMPARE: Readonly<Record<KeyColumn, (left: KeyView, right: KeyView) => number>> = {
  label: (left, right) => keyName(left).localeCompare(keyName(right), undefined, { numeric: true }),
  state: (left, right) =>
    URGENCY.indexOf(keyGroup(left)) - URGENCY.indexOf(keyGroup(right)) || right.coolingFor - left.coolingFor,
  weight: (left, right) => left.weight - right.weight,
  lastUsed: (left, right) => (left.lastUsedAt ?? 0) - (right.lastUsedAt ?? 0),
};

/**
 * @param words all of which label, id, end of the key, account or variable must hold
 * @param sort null: the order of the configuration, which is the order they are tried in where it says so
 */
export function shownKeys(
  keys: readonly KeyView[],
  filter: KeyFilter,
  words: string,
  sort: KeySort | null,
): readonly KeyView[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = keys.filter((key) => {
    if (filter !== 'all' && keyGroup(key) !== filter) return false;
    const { id, label, fingerprint, account, variable } = key;
    const text = [id, label, fingerprint, account ?? '', variable ?? ''].join('\n').toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
  if (sort === null) return shown;
  const compare = COMPARE[sort.column];
  return shown.toSorted((left, right) => (sort.descending ? compare(right, left) : compare(left, right)));
}

/** A column is sorted up, then down, then not at all. */
export function nextSort(sort: KeySort | null, column: KeyColumn): KeySort | null {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? null : { column, descending: true };
}
