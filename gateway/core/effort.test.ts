import { expect, test } from 'vitest';
import { nearestEffort } from './effort.ts';

test.each([
  ['high', ['low', 'medium', 'high'], 'high'],
  ['minimal', ['low', 'medium', 'high'], 'low'],
  ['max', ['low', 'medium', 'high'], 'high'],
  ['medium', ['low', 'high', 'max'], 'high'],
  ['low', ['none', 'high'], 'high'],
  ['none', ['none', 'high'], 'none'],
  ['none', ['low', 'high'], undefined],
  ['default', ['low', 'high'], undefined],
  [7, ['low', 'high'], undefined],
  ['high', [], undefined],
])('%j of %j is %j', (asked, known, nearest) => expect(nearestEffort(asked, known)).toBe(nearest));
