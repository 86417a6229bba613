/** What the whole page is narrowed to: kept in the address, so that a link shows the same figures. Pure. */
import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import type { Condition } from '../../../contract/log/filter.ts';
import type { Dimension, StatisticsQuery } from '../../../contract/log/statistics.ts';
import { DIMENSIONS } from '../../../contract/rpc/log-fields.ts';
import { literally } from '../../../contract/rpc/name-pattern.ts';
import { stretchText, type RequestsWanted } from '../../shared/utils/requests-link.ts';
import { isRange, RANGES, type RangeChoice, type TimeRange } from './ranges.ts';

export interface OverviewFilter extends RangeChoice {
  /** Beside the period before. */
  readonly compare: boolean;
  /** What the cost is split by. */
  readonly by: Dimension;
  /** One name of a dimension; empty for requests without one. */
  readonly only: Readonly<Partial<Record<Dimension, string>>>;
}

export const NO_FILTER: OverviewFilter = {
  range: 'today',
  from: '',
  to: '',
  compare: true,
  by: 'model',
  only: {},
};

/** Longest name of a dimension, as in the contract. */
const LONGEST = 200;

/** @param query of the address; what is not understood counts as absent */
export function readFilter(query: LocationQuery): OverviewFilter {
  const text = (name: string): string | undefined => {
    const value = query[name];
    return typeof value === 'string' ? value.slice(0, LONGEST) : undefined;
  };
  const from = text('from') ?? '';
  const to = text('to') ?? '';
  const range = RANGES.find((name) => name === text('range')) ?? NO_FILTER.range;
  const only: Partial<Record<Dimension, string>> = {};
  for (const dimension of DIMENSIONS) {
    const name = text(dimension);
    if (name !== undefined) only[dimension] = name;
  }
  const custom = range === 'custom' && isRange(from, to);
  return {
    range: range === 'custom' && !custom ? NO_FILTER.range : range,
    from: custom ? from : '',
    to: custom ? to : '',
    compare: text('compare') !== 'no',
    by: DIMENSIONS.find((dimension) => dimension === text('by')) ?? NO_FILTER.by,
    only,
  };
}

export function writeFilter({ range, from, to, compare, by, only }: OverviewFilter): LocationQueryRaw {
  return {
    ...(range === NO_FILTER.range ? {} : { range }),
    ...(range === 'custom' ? { from, to } : {}),
    ...(compare ? {} : { compare: 'no' }),
    ...(by === NO_FILTER.by ? {} : { by }),
    ...only,
  };
}

/** The filter with one name of a dimension, or with all of them. */
export function narrowed(filter: OverviewFilter, dimension: Dimension, name: string | null): OverviewFilter {
  const others = Object.entries(filter.only).filter(([one]) => one !== dimension);
  return {
    ...filter,
    only: { ...Object.fromEntries(others), ...(name === null ? {} : { [dimension]: name }) },
  };
}

/** The names as the statistics take them. */
export function onlyOf({ only }: OverviewFilter): StatisticsQuery['only'] {
  const { model, provider, key, client, app } = only;
  const one = (name: string | undefined): string[] | undefined => (name === undefined ? undefined : [name]);
  return {
    model: one(model),
    provider: one(provider),
    key: one(key),
    client: one(client),
    app: one(app),
  };
}

/** The failed requests of the page as the log takes them. */
export function failuresOf({ only }: OverviewFilter, { from, until }: TimeRange): Condition[] {
  const named = (
    field: 'served' | 'provider' | 'key' | 'client' | 'app',
    name: string | undefined,
  ): Condition[] => {
    if (name === undefined) return [];
    return name === ''
      ? [{ kind: 'text', field, not: true, values: ['*'] }]
      : [{ kind: 'text', field, values: [literally(name)] }];
  };
  const key = only.key === undefined ? undefined : splitKey(only.key);
  return [
    { kind: 'flag', field: 'failed' },
    // What came in from a file is in no figure.
    { kind: 'flag', field: 'imported', not: true },
    { kind: 'range', field: 'time', least: from, most: until },
    ...named('served', only.model),
    ...named('provider', key?.provider === '' ? only.provider : (key?.provider ?? only.provider)),
    ...named('key', key?.id),
    ...named('client', only.client),
    ...named('app', only.app),
  ];
}

/** What the requests page is asked for beside what a figure adds. */
export function wantedOf({ range, from, to, only }: OverviewFilter, time: TimeRange): RequestsWanted {
  const times = {
    '1h': '1h',
    '24h': '24h',
    today: 'today',
    custom: time.whole === null ? `${from}..${to}` : stretchText(time.from, time.until),
  } as const;
  const { key, ...others } = only;
  return {
    time:
      range === '1h' || range === '24h' || range === 'today' || range === 'custom' ? times[range] : time.from,
    ...others,
    ...(key === undefined ? {} : keyWanted(key)),
  };
}

/** Names of one dimension as the requests page is asked for them. */
export function namedWanted(dimension: Dimension, name: string): RequestsWanted {
  return dimension === 'key' ? keyWanted(name) : { [dimension]: name };
}

function keyWanted(key: string): RequestsWanted {
  const { provider, id } = splitKey(key);
  return provider === '' ? { key: id } : { provider, key: id };
}

/** Keys are named by their provider and their id: `openai/k1`. */
export function splitKey(name: string): { readonly provider: string; readonly id: string } {
  const slash = name.indexOf('/');
  return slash < 0
    ? { provider: '', id: name }
    : { provider: name.slice(0, slash), id: name.slice(slash + 1) };
}
