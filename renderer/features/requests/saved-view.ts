/** What of a filter a view keeps: everything but the time, which would be over when the view is picked. Pure. */
import type { RequestFilter } from '../../../contract/log/filter.ts';

export function savedFilter({ words, where = [] }: RequestFilter): RequestFilter {
  const kept = where.filter(({ field }) => field !== 'time');
  return {
    ...(words === undefined ? {} : { words }),
    ...(kept.length === 0 ? {} : { where: kept }),
  };
}

/** Whether a filter is that of a view. */
export function sameView(view: RequestFilter, filter: RequestFilter): boolean {
  return JSON.stringify(savedFilter(view)) === JSON.stringify(savedFilter(filter));
}
