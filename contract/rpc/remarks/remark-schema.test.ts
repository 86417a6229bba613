import { expect, it } from 'vitest';
import { say } from '../../../gateway/core/sayings.ts';
import { fullKeys, quoted, remark } from './remark.ts';
import { remarkSchema } from './remark-schema.ts';

const full = remark('full-key', { name: 'a', why: 'max_concurrency' });

it.each([
  ['without values', remark('anthropic-seed')],
  ['with values', remark('stops-beyond', { given: 9, sent: 4 })],
  ['with a saying', remark('provider-keys-unread', { provider: 'a' }, say('keyring-locked'))],
  ['with a list', remark('no-room', {}, fullKeys([full, full]))],
])('a remark %s comes back from storage as it was', (_case, told) => {
  expect(remarkSchema.parse(JSON.parse(JSON.stringify(told)))).toEqual(told);
});

it('a sentence of an older version is a quotation', () => {
  expect(remarkSchema.parse('seed is not known.')).toEqual(quoted('seed is not known.'));
});

const { text } = remark('anthropic-seed');
it.each([
  ['a code', { code: 'of-tomorrow', values: {}, text }],
  ['a code of every object', { code: 'constructor', values: {}, text }],
  ['a code inside', { code: 'no-room', values: {}, text, reason: { code: 'of-tomorrow', values: {}, text } }],
  [
    'a code in a list',
    {
      code: 'no-room',
      values: {},
      text,
      reason: { code: 'full-keys', values: {}, text, parts: [{ code: 'of-tomorrow', values: {}, text }] },
    },
  ],
])('a remark with %s that is not known here is quoted', (_case, stored) => {
  expect(remarkSchema.parse(stored)).toEqual(quoted(text));
});

it.each([
  [1],
  [null],
  [{ code: 'anthropic-seed', values: { name: [] }, text: 'x' }],
  [{ code: 'anthropic-seed', values: {} }],
])('anything else is refused: %j', (stored) => {
  expect(remarkSchema.safeParse(stored).success).toBe(false);
});
