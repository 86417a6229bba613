/** Statistics of requests that are held in memory. */
import type { Statistics, StatisticsQuery } from '../../../contract/log/statistics.ts';
import { answerOf, planOf, type Stretch } from './answer.ts';
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
    const beginning = beginningOf(plan.level, at);
    if (beginning >= (plan.before ?? plan.from) && beginning < plan.until) {
      stretches.push({ at: beginning, names, sums });
    }
  }
  return answerOf(plan, query, stretches);
}
