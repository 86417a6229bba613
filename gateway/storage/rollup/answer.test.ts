import { expect, it } from 'vitest';
import type { StatisticsQuery } from '../../../contract/log/statistics.ts';
import en from '../../../resources/locales/en.json' with { type: 'json' };
import zh from '../../../resources/locales/zh-CN.json' with { type: 'json' };
import { LogQuestionError } from '../../core/log-question.ts';
import { toldGaps } from '../../testing/told-gaps.ts';
import { planOf } from './answer.ts';

const DAY = 86_400_000;

it.each<[string, string, Partial<StatisticsQuery>]>([
  ['until', 'range-reversed', { from: DAY, until: DAY }],
  ['until', 'range-reversed', { from: 11 * DAY }],
  ['bucket', 'bucket-minutes', { bucket: 90_000 }],
  ['bucket', 'bucket-short', { bucket: 60_000 }],
])('a question about figures that has no answer is refused as data: %s, %s', (field, code, changes) => {
  const query: StatisticsQuery = { from: 0, most: 10, compare: false, ...changes };
  let error: unknown;
  try {
    planOf(query, 10 * DAY);
  } catch (caught) {
    error = caught;
  }
  if (!(error instanceof LogQuestionError)) throw new Error('not refused');
  expect({ field: error.field, code: error.told.code }).toEqual({ field, code });
  expect(error.told.text).toBe(error.message);
  expect(toldGaps([en, zh], error.told)).toEqual([]);
});
