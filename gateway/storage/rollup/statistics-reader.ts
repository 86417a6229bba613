/** Reads the sums that a question about statistics needs. */
import type { Database } from 'better-sqlite3';
import type { Statistics, StatisticsQuery } from '../../../contract/log/statistics.ts';
import { answerOf, planOf, type Names, type Stretch } from './answer.ts';
import { LEVELS } from './levels.ts';
import { SUM_COLUMNS, sumsFrom, type StoredSums } from './rows.ts';

type StoredStretch = StoredSums & Names & { readonly at: number };

/** @throws LogQuestionError; SqliteError when the file cannot be read */
export function createStatisticsReader(
  database: Database,
): (query: StatisticsQuery, now: number) => Statistics {
  const read = database.prepare<[number, number, number], StoredStretch>(
    `SELECT at, model, provider, key, client, app, ${SUM_COLUMNS.join(', ')}
      FROM statistics JOIN statistics_names ON id = names
      WHERE level = ? AND at >= ? AND at < ?`,
  );
  return (query, now) => {
    const plan = planOf(query, now);
    const rows = read.all(LEVELS.indexOf(plan.level), plan.before ?? plan.from, plan.until);
    return answerOf(plan, query, rows.map(stretchFrom));
  };
}

const stretchFrom = (stored: StoredStretch): Stretch => ({
  at: stored.at,
  names: stored,
  sums: sumsFrom(stored),
});
