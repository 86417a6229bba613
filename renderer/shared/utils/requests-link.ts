/** Links to the requests page, narrowed: the one place outside of it that knows how its address is written. Pure. */
import type { RouteLocationRaw } from 'vue-router';
import { literally } from '../../../contract/rpc/name-pattern.ts';

export interface RequestsWanted {
  /** In the form of the filter (`1h`, `today`, `2026-11-20..2026-11-21`), or since a moment, Unix ms. */
  readonly time?: string | number;
  /** Model that served; as every name: empty for requests without one. */
  readonly model?: string;
  readonly provider?: string;
  /** Configuration id of a key. */
  readonly key?: string;
  readonly client?: string;
  readonly app?: string;
  readonly is?: 'ok' | 'failed' | 'retried' | 'estimated' | 'unpriced' | 'cached';
  /** Error code, or how a request ended: `cut`, `client-left`, `interrupted`. */
  readonly error?: string;
}

const ENDINGS: ReadonlySet<string> = new Set(['cut', 'client-left', 'interrupted']);
const FIELDS = { model: 'served', provider: 'provider', key: 'key', client: 'client', app: 'app' } as const;
const NAMES = ['provider', 'model', 'key', 'client', 'app'] as const;

/** @param id of a request that is opened beside the list */
export function requestsLink(wanted: RequestsWanted, id?: string): RouteLocationRaw {
  const q = requestsText(wanted);
  return {
    name: 'requests',
    ...(id === undefined ? {} : { params: { id } }),
    query: q === '' ? {} : { q },
  };
}

function requestsText(wanted: RequestsWanted): string {
  const { time, is, error } = wanted;
  return [
    ...(time === undefined ? [] : [`time:${typeof time === 'number' ? `>=${momentText(time)}` : time}`]),
    ...NAMES.flatMap((name) => named(FIELDS[name], wanted[name])),
    ...(is === undefined ? [] : [`is:${is}`]),
    ...errorWords(error),
  ].join(' ');
}

/** A stream that was cut has a code as well, and is counted as cut. */
function errorWords(error: string | undefined): readonly string[] {
  if (error === undefined) return [];
  return ENDINGS.has(error) ? named('outcome', error) : ['outcome:error', ...named('error', error)];
}

function named(field: string, name: string | undefined): readonly string[] {
  if (name === undefined) return [];
  return name === '' ? [`-${field}:*`] : [`${field}:${quoted(literally(name))}`];
}

const quoted = (name: string): string =>
  /[\s",\\]/.test(name) ? `"${name.replace(/[\\"]/g, '\\$&')}"` : name;

/** A stretch of time as the filter takes it. @param from Unix ms @param until Unix ms, not counted in */
export const stretchText = (from: number, until: number): string =>
  `${momentText(from)}..${new Date(until - 1).toISOString()}`;

/** To the second, the same in every time zone. */
const momentText = (moment: number): string => new Date(moment).toISOString().replace(/\.\d+Z$/, 'Z');
