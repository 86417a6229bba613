import { expect, it } from 'vitest';
import { NOON } from '../../testing/samples.ts';
import { parseQuery } from './query/parse.ts';
import { contentOf, sameView, viewText } from './saved-view.ts';

const contentAt = (text: string, now = NOON) => contentOf(parseQuery(text, now));

it.each([
  'time:1h is:failed hello',
  'time:today',
  'is:failed',
  'time:2026-11-20..2026-11-21 model:gpt-*',
  'app:"Claude Code" "one after the other"',
])('%s is kept as it is written', (text) => expect(viewText(contentAt(text))).toBe(text));

it('counts a length from when it is picked, not from when it was saved', () => {
  expect(contentAt('time:1h is:failed')).toEqual(contentAt('time:1h is:failed', NOON + 86_400_000));
});

it('keeps the moments of times that are turned round or several', () => {
  expect(viewText(contentAt('-time:2026-11-20T10:00Z..2026-11-20T11:00Z'))).toBe(
    '-time:2026-11-20T10:00Z..2026-11-20T11:00Z',
  );
  expect(contentAt('time:7d time:2026-11-20').time).toBeUndefined();
});

it.each([
  ['is:failed', 'is:failed', true],
  ['time:24h is:failed', 'time:24h is:failed', true],
  ['is:failed', 'time:24h is:failed', false],
  ['is:failed', 'is:retried', false],
])('%s is %s: %s', (one, other, same) => expect(sameView(contentAt(one), contentAt(other))).toBe(same));
