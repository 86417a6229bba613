import { expect, it } from 'vitest';
import { told } from './sayings.ts';

it('puts values into the sentence, once', () => {
  expect(told('unserved', { model: '{slot}', slot: 'main' })).toEqual({
    code: 'unserved',
    values: { model: '{slot}', slot: 'main' },
    text: 'Nothing serves {slot} (main) at the moment.',
  });
});

it('says where and why in one sentence, and keeps both as data', () => {
  const reason = told('comma-missing');
  expect(told('syntax', { path: '~/a', line: 3 }, reason)).toEqual({
    code: 'syntax',
    values: { path: '~/a', line: 3 },
    text: '~/a, line 3: a comma is missing before this.',
    reason,
  });
});
