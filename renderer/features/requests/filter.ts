/** What the list is narrowed to: kept in the address, so that a link shows the same rows. */
import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import type { Condition, RequestFilter, TextField } from '../../../contract/log/filter.ts';
import type { Outcome, RequestSummary } from '../../../contract/log/row.ts';

export const SEGMENTS = ['all', 'failed', 'failover'] as const;
export type Segment = (typeof SEGMENTS)[number];

export const OUTCOMES = [
  'live',
  'ok',
  'error',
  'cut',
  'client-left',
  'interrupted',
] as const satisfies readonly Outcome[];

export interface ListFilter {
  readonly segment: Segment;
  /** How requests ended; empty for all. */
  readonly outcome: Outcome | '';
  /** Id of a provider; empty for all. */
  readonly provider: string;
  /** Part of the model asked for or served; empty for all. */
  readonly model: string;
  /** Name of the calling program; empty for all. */
  readonly app: string;
}

export const NO_FILTER: ListFilter = { segment: 'all', outcome: '', provider: '', model: '', app: '' };

/** @param query of the address; what is not understood counts as absent */
export function readFilter(query: LocationQuery): ListFilter {
  const text = (name: string): string => {
    const value = query[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    segment: SEGMENTS.find((segment) => segment === text('show')) ?? 'all',
    outcome: OUTCOMES.find((outcome) => outcome === text('outcome')) ?? '',
    provider: text('provider').slice(0, 64),
    model: text('model').slice(0, 200),
    app: text('app').slice(0, 200),
  };
}

export function writeFilter({ segment, outcome, provider, model, app }: ListFilter): LocationQueryRaw {
  return {
    ...(segment === 'all' ? {} : { show: segment }),
    ...(outcome === '' ? {} : { outcome }),
    ...(provider === '' ? {} : { provider }),
    ...(model === '' ? {} : { model }),
    ...(app === '' ? {} : { app }),
  };
}

/** How many conditions narrow the list. */
export function conditionCount({ segment, ...texts }: ListFilter): number {
  return Number(segment !== 'all') + Object.values(texts).filter((text) => text !== '').length;
}

/** The filter as the log takes it. */
export function asRequestFilter({ segment, outcome, provider, model, app }: ListFilter): RequestFilter {
  const named = (field: TextField, value: string): readonly Condition[] =>
    value === '' ? [] : [{ kind: 'text', field, values: [value] }];
  const where: readonly Condition[] = [
    ...(segment === 'failed' ? [{ kind: 'flag', field: 'failed' } as const] : []),
    ...(segment === 'failover' ? [{ kind: 'flag', field: 'retried' } as const] : []),
    ...named('outcome', outcome),
    ...named('app', app),
    ...named('provider', provider),
    ...named('model', model.trim() === '' ? '' : `*${model.trim()}*`),
  ];
  return where.length === 0 ? {} : { where: [...where] };
}

/** Judges a row of an event as the log would. @returns null when every row passes */
export function rowMatcher(filter: ListFilter): ((row: RequestSummary) => boolean) | null {
  if (conditionCount(filter) === 0) return null;
  const wanted = filter.model.trim().toLowerCase();
  return (row) =>
    (filter.segment !== 'failed' || (row.outcome !== 'ok' && row.outcome !== 'live')) &&
    (filter.segment !== 'failover' || row.attemptCount > 1) &&
    (filter.outcome === '' || row.outcome === filter.outcome) &&
    (filter.app === '' || same(row.app, filter.app)) &&
    (filter.provider === '' || same(row.provider, filter.provider)) &&
    [row.modelAsked, row.modelServed].some((model) => (model ?? '').toLowerCase().includes(wanted));
}

const same = (name: string | null, wanted: string): boolean => name?.toLowerCase() === wanted.toLowerCase();
