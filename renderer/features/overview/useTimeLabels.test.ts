import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { createTranslations } from '../../app/i18n.ts';
import { useTimeLabels, type TimeLabels } from './useTimeLabels.ts';

const HOUR = 3_600_000;

function labels(): TimeLabels {
  let found: TimeLabels | undefined;
  const setup = () => {
    found = useTimeLabels();
    return () => null;
  };
  mount({ setup }, { global: { plugins: [createTranslations('en', {})] } });
  if (found === undefined) throw new Error('Nothing was set up.');
  return found;
}

const at = (day: number, hour: number): number => new Date(2026, 10, day, hour).getTime();

it.each([
  ['the time of one day', [at(25, 0), at(25, 6), at(25, 12)], HOUR, ['00:00', '06:00', '12:00']],
  [
    'the day once, where several days stand beside each other',
    [at(25, 0), at(25, 8), at(25, 16), at(26, 0), at(26, 8)],
    4 * HOUR,
    ['Nov 25', '08:00', '16:00', 'Nov 26', '08:00'],
  ],
  ['days', [at(25, 0), at(26, 0)], 24 * HOUR, ['Nov 25', 'Nov 26']],
])('an axis tells %s', (_what, moments, bucket, expected) => {
  const { mark } = labels();
  expect(moments.map((moment) => mark(moment, bucket))).toEqual(expected);
});
