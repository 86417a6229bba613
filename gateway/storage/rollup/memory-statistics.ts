/** Statistics of requests that are held in memory. */
import type { Statistics, StatisticsQuery } from '../../../contract/log/statistics.ts';
import { DIMENSIONS } from '../../../contract/rpc/log-fields.ts';
import { answerOf, planOf, type Names, type Stretch } from './answer.ts';
import type { CountedRequest } from './counted.ts';
import { beginningOf } from './levels.ts';

/** @param now Unix ms @throws LogQuestionError */
export function memoryStatistics(
  requests: Iterable<CountedRequest>,
  query: StatisticsQuery,
  now: number,
): Statistics {
  const plan = planOf(query, now);
  const stretches: Stretch[] = [];
  for (const { at, names, sums } of requests) {
    if (!isAmong(names, query.only)) continue;
    const beginning = beginningOf(plan.level, at);
    if (beginning >= (plan.before ?? plan.from) && beginning < plan.until) {
      stretches.push({ at: beginning, name: query.by === undefined ? '' : names[query.by], sums });
    }
  }
  return answerOf(plan, query, stretches);
}

function isAmong(names: Names, only: StatisticsQuery['only']): boolean {
  if (only === undefined) return true;
  return DIMENSIONS.every((dimension) => only[dimension]?.includes(names[dimension]) ?? true);
}
