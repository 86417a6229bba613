/** Reads a page of rows whole: a search for common words answers in pieces, each saying where to go on. */
import type { RequestFilter } from '../../../contract/log/filter.ts';
import type { Excerpt, RequestPage } from '../../../contract/log/row.ts';
import type { Rpc } from '../../shared/rpc/rpc.ts';
import { PAGE_ROWS } from './row-window.ts';

export interface RowsQuery {
  readonly filter: RequestFilter;
  readonly before?: number;
  readonly skip?: number;
}

/**
 * However long nothing is found: it ends with a full page or with the log. Between two pieces other questions get
 * their turn.
 * @param wanted false once nobody waits for it any more
 * @param told hears of what is there so far, as long as there is more to look at
 */
export async function readRows(
  rpc: Pick<Rpc, 'call'>,
  query: RowsQuery,
  wanted: () => boolean,
  told: (page: RequestPage) => void = () => undefined,
): Promise<RequestPage> {
  const first = await rpc.call('requests.list', { limit: PAGE_ROWS, ...query });
  let { rows, next } = first;
  let excerpts: readonly (Excerpt | null)[] = first.search?.excerpts ?? [];
  let skip = Math.max(0, (query.skip ?? 0) - first.total);
  const soFar = (): RequestPage => ({
    ...first,
    rows,
    next,
    total: Math.max(first.total, rows.length),
    ...(first.search === undefined ? {} : { search: { ...first.search, excerpts } }),
  });
  while (next !== null && rows.length < PAGE_ROWS && wanted()) {
    told(soFar());
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
  return soFar();
}
