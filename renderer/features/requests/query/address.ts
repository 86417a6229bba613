/** Where the filter stands in the address: a link shows the same rows. */
import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import { quoted } from './words.ts';

/** Characters of a filter; what is beyond does not come from this page. */
const LONGEST = 4_000;

/** Also understands the short forms that other pages link with: `show=failed`, `provider=`, `model=`, `app=`. */
export function readAddress(query: LocationQuery): string {
  const text = (name: string): string => {
    const value = query[name];
    return typeof value === 'string' ? value.slice(0, LONGEST).trim() : '';
  };
  const named = (['outcome', 'provider', 'model', 'app'] as const).flatMap((name) =>
    text(name) === '' ? [] : [`${name}:${quoted(text(name))}`],
  );
  const shown = text('show') === 'failed' ? ['is:failed'] : text('show') === 'failover' ? ['is:retried'] : [];
  return [...shown, ...named, ...(text('q') === '' ? [] : [text('q')])].join(' ');
}

/** @param rest of the address that stays, e.g. the tab of the detail */
export function writeAddress(text: string, rest: LocationQuery = {}): LocationQueryRaw {
  const { tab } = rest;
  return {
    ...(text === '' ? {} : { q: text }),
    ...(typeof tab === 'string' ? { tab } : {}),
  };
}
