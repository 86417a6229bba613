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
    // The range before is one bucket more; each bucket is found by the key of the table.
    const beginnings = plan.before === null ? plan.beginnings : [plan.before, ...plan.beginnings];
    const buckets = beginnings.map((at, index) => [at, beginnings[index + 1] ?? plan.until]);
    const rows = database
      .prepare<unknown[], JoinedStretch>(
        `WITH buckets (at, until) AS MATERIALIZED (SELECT value ->> 0, value ->> 1 FROM json_each(?))
          SELECT buckets.at AS at, ${query.by ?? "''"} AS name, ${JOINED_COLUMNS.join(', ')}
          FROM buckets CROSS JOIN statistics AS sums
            ON level = ? AND sums.at >= buckets.at AND sums.at < buckets.until
          JOIN statistics_names ON id = names
          WHERE true${conditions}
          GROUP BY ${query.by === undefined ? 'buckets.at' : 'buckets.at, name'}`,
      )
      .all(JSON.stringify(buckets), LEVELS.indexOf(plan.level), ...values);
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
