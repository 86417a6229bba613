/** Deletes the rows of a selection or of a filter, some at a time, so that it can be followed and stopped. */
import type { Call } from '../../contract/rpc/define.ts';
import type { DeleteProgress } from '../../contract/rpc/procedures/requests.ts';
import type { RequestFilter } from '../../contract/log/filter.ts';
import { literally } from '../../contract/rpc/name-pattern.ts';
import { LogQuestionError } from '../core/log-question.ts';
import type { RequestLog } from '../core/log-store.ts';
import { say } from '../core/sayings.ts';
import { searchTerms } from '../core/search-query.ts';

/** Rows that are looked up and deleted together. */
const STEP_ROWS = 200;
/** The same where their whole texts may have to be read: who asks the log meanwhile waits for one step. */
const STEP_TEXTS = 50;
/** Ids of one condition. */
const STEP_IDS = 100;

/**
 * Requests under way stay.
 * @returns how many rows went, also where the caller took the call back
 * @throws LogQuestionError where the filter asks for words and there are none in it
 */
export async function deleteRequests(
  log: RequestLog,
  which: { readonly ids: readonly string[] } | { readonly filter: RequestFilter },
  call: Call<DeleteProgress>,
): Promise<number> {
  if ('filter' in which) refuseEmptyWords(which.filter);
  const filters = 'ids' in which ? filtersOf(which.ids) : [which.filter];
  let deleted = 0;
  for (const filter of filters) {
    for (let before: number | null | undefined; before !== null && !call.cancelled;) {
      const limit = filter.words === undefined ? STEP_ROWS : STEP_TEXTS;
      const page = await log.list({ limit, before, whole: true, filter });
      const finished = page.rows.filter(({ outcome }) => outcome !== 'live');
      if (finished.length > 0) deleted += await log.remove(finished.map(({ sequence }) => sequence));
      call.tell({ deleted });
      before = page.next;
    }
  }
  if (deleted > 0) await log.scrub();
  return deleted;
}

/** A list shows everything for words that ask for nothing, such as a lone quote; deleting must not. */
function refuseEmptyWords({ words = '' }: RequestFilter): void {
  if (words === '' || searchTerms(words)?.length !== 0) return;
  throw new LogQuestionError('filter.words', say('words-empty'));
}

function filtersOf(ids: readonly string[]): readonly RequestFilter[] {
  const filters: RequestFilter[] = [];
  for (let at = 0; at < ids.length; at += STEP_IDS) {
    const values = ids.slice(at, at + STEP_IDS).map(literally);
    filters.push({ where: [{ kind: 'text', field: 'id', values }] });
  }
  return filters;
}
