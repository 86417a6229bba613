import { expect, it } from 'vitest';
import { NOON } from '../../testing/samples.ts';
import { parseQuery } from './query/parse.ts';
import { sameView, savedFilter } from './saved-view.ts';

const filterOf = (text: string) => parseQuery(text, NOON).filter;

it('keeps all but the time', () => {
  expect(savedFilter(filterOf('time:1h is:failed hello'))).toEqual(filterOf('is:failed hello'));
  expect(savedFilter(filterOf('time:1h'))).toEqual({});
});

it.each([
  ['is:failed', 'time:24h is:failed', true],
  ['is:failed', 'is:retried', false],
  ['hello', 'hello', true],
])('%s is %s: %s', (one, other, same) => expect(sameView(filterOf(one), filterOf(other))).toBe(same));
