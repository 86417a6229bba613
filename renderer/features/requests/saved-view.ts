/** What of a filter a view keeps: its conditions, and its time as it is written, so that `1h` stays the last hour. Pure. */
import type { RequestFilter } from '../../../contract/log/filter.ts';
import type { SavedView } from '../../../contract/rpc/procedures/views.ts';
import type { Query } from './query/parse.ts';
import { printFilter, withTime } from './query/print.ts';

/** A view without its name. */
export type ViewContent = Pick<SavedView, 'filter' | 'time'>;

export function contentOf({ filter, terms }: Query): ViewContent {
  const times = terms.filter(({ name, problem }) => name === 'time' && problem === null);
  const [only] = times;
  // Of several times, or none of a kind, the moments are kept as they are.
  if (times.length !== 1 || only === undefined || only.not) return { filter };
  return { filter: withoutTime(filter), time: only.value };
}

/** The text of the filter that a view stands for. */
export const viewText = ({ filter, time }: ViewContent): string =>
  withTime(printFilter(filter), time ?? null);

/** Whether a filter is that of a view. */
export function sameView(view: ViewContent, content: ViewContent): boolean {
  return view.time === content.time && JSON.stringify(view.filter) === JSON.stringify(content.filter);
}

function withoutTime({ words, where = [] }: RequestFilter): RequestFilter {
  const kept = where.filter(({ field }) => field !== 'time');
  return {
    ...(words === undefined ? {} : { words }),
    ...(kept.length === 0 ? {} : { where: kept }),
  };
}
