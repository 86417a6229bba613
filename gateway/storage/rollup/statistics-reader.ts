/** Reads the sums that a question about statistics needs, added up by SQLite as far as they are not told apart. */
import type { Database } from 'better-sqlite3';
import type { Statistics, StatisticsQuery } from '../../../contract/log/statistics.ts';
import { DIMENSIONS } from '../../../contract/rpc/log-fields.ts';
import { answerOf, planOf, type Stretch } from './answer.ts';
import { LEVELS } from './levels.ts';
import { JOINED_COLUMNS, sumsFromJoined, type JoinedSums } from './rows.ts';

type JoinedStretch = JoinedSums & { readonly at: number; readonly name: string };

/** @throws LogQuestionError; SqliteError when the file cannot be read */
export function createStatisticsReader(
  database: Database,
): (query: StatisticsQuery, now: number) => Statistics {
  return (query, now) => {
    const plan = planOf(query, now);
    const { conditions, values } = narrowedBy(query.only);
    const from = plan.before ?? plan.from;
    const rows = database
      .prepare<unknown[], JoinedStretch>(
        `SELECT at, ${query.by ?? "''"} AS name, ${JOINED_COLUMNS.join(', ')}
          FROM statistics JOIN statistics_names ON id = names
          WHERE level = ? AND at >= ? AND at < ?${conditions}
          GROUP BY ${query.by === undefined ? 'at' : 'at, name'}`,
      )
      .all(LEVELS.indexOf(plan.level), from, plan.until, ...values);
    return answerOf(plan, query, rows.map(stretchFrom));
  };
}

/** Further conditions as SQL. */
function narrowedBy(only: StatisticsQuery['only'] = {}): {
  readonly conditions: string;
  readonly values: readonly string[];
} {
  const dimensions = DIMENSIONS.filter((dimension) => only[dimension] !== undefined);
  return {
    conditions: dimensions
      .map((dimension) => ` AND ${dimension} IN (SELECT value FROM json_each(?))`)
      .join(''),
    values: dimensions.map((dimension) => JSON.stringify(only[dimension])),
  };
}

const stretchFrom = (joined: JoinedStretch): Stretch => ({
  at: joined.at,
  name: joined.name,
  sums: sumsFromJoined(joined),
});
