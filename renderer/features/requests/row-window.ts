/**
 * The part of a long list that is in memory. Newest first: `fresh` rows that came since the anchor, then the
 * rows up to the anchor in pages that are read when they come into view and dropped when they are far from it.
 * Rows that come while the user reads further down wait aside, so that nothing moves. Values are never changed.
 */
import type { RequestPage, RequestSummary } from '../../../contract/log/row.ts';

/** Rows of one page. */
export const PAGE_ROWS = 100;
/** Pages kept on either side of those in view. */
const PAGES_AROUND = 4;
/** Rows that wait, at most; beyond it only the fact that more came is kept. */
export const MOST_WAITING = 1_000;

export interface RowWindow {
  /** Rows up to this sequence are in pages; 0 for an empty log. */
  readonly anchor: number;
  /** Number of rows up to the anchor that match the filter. */
  readonly older: number;
  /** False while there may be more rows than `older`: the list then grows as it is read on. */
  readonly exact: boolean;
  readonly fresh: readonly RequestSummary[];
  readonly pages: ReadonlyMap<number, readonly RequestSummary[]>;
  readonly waiting: readonly RequestSummary[];
  /** True when rows came that cannot be placed: the list must be read anew. */
  readonly stale: boolean;
}

/** A window at the newest row. @param page the first of the list */
export function openWindow(page: RequestPage): RowWindow {
  return {
    anchor: page.rows[0]?.sequence ?? 0,
    older: page.next === null ? page.rows.length : Math.max(page.total, page.rows.length + 1),
    exact: page.totalIsExact || page.next === null,
    fresh: [],
    pages: new Map([[0, page.rows]]),
    waiting: [],
    stale: false,
  };
}

export function rowCount(window: RowWindow): number {
  return window.fresh.length + window.older;
}

/** @returns undefined while the row's page is not in memory */
export function rowAt(window: RowWindow, index: number): RequestSummary | undefined {
  if (index < window.fresh.length) return window.fresh[index];
  const place = index - window.fresh.length;
  return window.pages.get(Math.floor(place / PAGE_ROWS))?.[place % PAGE_ROWS];
}

/** Index of a row that is in memory, -1 for any other. */
export function indexOf(window: RowWindow, id: string): number {
  const fresh = window.fresh.findIndex((row) => row.id === id);
  if (fresh >= 0) return fresh;
  for (const [page, rows] of window.pages) {
    const place = rows.findIndex((row) => row.id === id);
    if (place >= 0) return window.fresh.length + page * PAGE_ROWS + place;
  }
  return -1;
}

/** Pages that hold the rows from `first` to `last`, both included. */
export function pagesOf(window: RowWindow, first: number, last: number): readonly number[] {
  const from = Math.max(0, first - window.fresh.length);
  const to = Math.min(window.older - 1, last - window.fresh.length);
  if (to < from) return [];
  const start = Math.floor(from / PAGE_ROWS);
  return Array.from({ length: Math.floor(to / PAGE_ROWS) - start + 1 }, (_, offset) => start + offset);
}

/** Puts a page that was read in its place and lets go of those far from it. */
export function withPage(window: RowWindow, number: number, page: RequestPage): RowWindow {
  const near = [...window.pages].filter(([known]) => Math.abs(known - number) <= PAGES_AROUND * 2);
  const pages = new Map(near).set(number, page.rows);
  // The end of the list is known for sure once it was seen: old rows may have been deleted meanwhile.
  const seen = number * PAGE_ROWS + page.rows.length;
  const older = page.next === null ? seen : window.exact ? window.older : Math.max(window.older, seen + 1);
  return { ...window, pages, older, exact: window.exact || page.next === null };
}

/** Drops pages away from those in view. */
export function trim(window: RowWindow, first: number, last: number): RowWindow {
  const inView = pagesOf(window, first, last);
  const [from = 0] = inView;
  const to = inView.at(-1) ?? from;
  const kept = [...window.pages].filter(([page]) => page >= from - PAGES_AROUND && page <= to + PAGES_AROUND);
  return kept.length === window.pages.size ? window : { ...window, pages: new Map(kept) };
}

export interface ChangeRules {
  /** Whether a row belongs to the list as it is filtered; null when every row does, `unknown` where only the log can tell. */
  readonly matches: ((row: RequestSummary) => boolean) | 'unknown' | null;
  /** True while the user reads further down or has paused the list: new rows wait. */
  readonly hold: boolean;
}

/** Takes rows that are new or have changed. */
export function withChanges(
  window: RowWindow,
  rows: readonly RequestSummary[],
  { matches, hold }: ChangeRules,
): RowWindow {
  const changed = new Map(rows.map((row) => [row.sequence, row]));
  const known = new Set<number>();
  const replace = (list: readonly RequestSummary[]): readonly RequestSummary[] => {
    if (!list.some(({ sequence }) => changed.has(sequence))) return list;
    return list.map((row) => {
      const next = changed.get(row.sequence);
      if (next !== undefined) known.add(row.sequence);
      return next ?? row;
    });
  };
  const fits = typeof matches === 'function' ? matches : () => true;
  const replaced = replace(window.fresh);
  const waiting = replace(window.waiting).filter(fits);
  const pages = new Map([...window.pages].map(([page, list]) => [page, replace(list)]));
  const fresh = hold ? replaced : replaced.filter(fits);
  // What leaves a page, or may not move now, leaves when the list is read anew.
  const left = [...fresh, ...[...pages.values()].flat()].some((row) => known.has(row.sequence) && !fits(row));
  const unknown = matches === 'unknown' ? [] : rows.filter((row) => !known.has(row.sequence) && fits(row));
  // A row that only now matches has no place among pages that are counted already. Without a filter it is
  // one of a page that is not in memory, which will be read when it is looked at.
  const late = matches !== null && unknown.some(({ sequence }) => sequence <= window.anchor);
  const arrived = unknown.filter(({ sequence }) => sequence > window.anchor).sort(newestFirst);
  const next = { ...window, fresh, waiting, pages, stale: window.stale || late || left };
  if (arrived.length === 0) return next;
  return hold
    ? waitAside(next, arrived)
    : settle({ ...next, fresh: [...arrived, ...fresh].sort(newestFirst) });
}

/** Shows the rows that waited. */
export function release(window: RowWindow): RowWindow {
  if (window.waiting.length === 0) return window;
  return settle({ ...window, fresh: [...window.waiting, ...window.fresh].sort(newestFirst), waiting: [] });
}

function waitAside(window: RowWindow, arrived: readonly RequestSummary[]): RowWindow {
  const waiting = [...arrived, ...window.waiting].sort(newestFirst);
  if (waiting.length <= MOST_WAITING) return { ...window, waiting };
  return { ...window, waiting: waiting.slice(0, MOST_WAITING), stale: true };
}

/** Turns fresh rows into pages, so that they can be let go of too. Every row keeps its index. */
function settle(window: RowWindow): RowWindow {
  let { anchor, older, fresh, pages } = window;
  while (fresh.length >= PAGE_ROWS * 2) {
    const page = fresh.slice(-PAGE_ROWS);
    fresh = fresh.slice(0, -PAGE_ROWS);
    pages = new Map([
      [0, page],
      ...[...pages].map(([number, rows]): [number, readonly RequestSummary[]] => [number + 1, rows]),
    ]);
    anchor = page[0]?.sequence ?? anchor;
    older += PAGE_ROWS;
  }
  return { ...window, anchor, older, fresh, pages };
}

const newestFirst = (a: RequestSummary, b: RequestSummary): number => b.sequence - a.sequence;
