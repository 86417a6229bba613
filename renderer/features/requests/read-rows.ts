/** Reads a page of rows whole: a search for common words answers in pieces, each saying where to go on. */
import type { RequestFilter } from '../../../contract/log/filter.ts';
import type { Excerpt, RequestPage } from '../../../contract/log/row.ts';
import type { Rpc } from '../../shared/rpc/rpc.ts';
import { PAGE_ROWS } from './row-window.ts';

/** Pieces of one page, at most: beyond, the words are so rare that the page has shown what there is. */
const MOST_PIECES = 40;

export interface RowsQuery {
  readonly filter: RequestFilter;
  readonly before?: number;
  readonly skip?: number;
}

/** @param wanted false once nobody waits for it any more */
export async function readRows(
  rpc: Pick<Rpc, 'call'>,
  query: RowsQuery,
  wanted: () => boolean,
): Promise<RequestPage> {
  const first = await rpc.call('requests.list', { limit: PAGE_ROWS, ...query });
  let { rows, next } = first;
  let excerpts: readonly (Excerpt | null)[] = first.search?.excerpts ?? [];
  let skip = Math.max(0, (query.skip ?? 0) - first.total);
  for (let piece = 1; piece < MOST_PIECES && next !== null && rows.length < PAGE_ROWS && wanted(); piece++) {
    const more = await rpc.call('requests.list', {
      limit: PAGE_ROWS - rows.length,
      before: next,
      ...(skip === 0 ? {} : { skip }),
      filter: query.filter,
    });
    skip = Math.max(0, skip - more.total);
    rows = [...rows, ...more.rows];
    excerpts = [...excerpts, ...(more.search?.excerpts ?? [])];
    next = more.next;
  }
  return {
    ...first,
    rows,
    next,
    total: Math.max(first.total, rows.length),
    ...(first.search === undefined ? {} : { search: { ...first.search, excerpts } }),
  };
}
