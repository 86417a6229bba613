import { expect, it } from 'vitest';
import { say } from '../../../gateway/core/sayings.ts';
import { fullKeys, quoted, remark } from './remark.ts';
import { remarkSchema } from './remark-schema.ts';

const full = remark('full-key', { provider: 'a', key: '…a1b2', why: 'max_concurrency' });

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
  ['groq key …a1b2', 'full-key', 'full-key', { provider: 'groq', key: '…a1b2' }],
  ['ollama', 'full-key-for', 'full-place-for', { provider: 'ollama' }],
])('an older row names %s in one text, which is read', (name, code, now, values) => {
  const others = { why: 'limit_per_minute', seconds: 5 };
  const older = { code, values: { name, ...others }, text };
  expect(remarkSchema.parse(older)).toEqual({ code: now, values: { ...values, ...others }, text });
});

it.each([
  ['lacks a value', { code: 'not-taken', values: { name: 'stop' }, text }],
  ['has the value of every object', { code: 'not-taken', values: { name: 'stop', constructor: 'by' }, text }],
])('a remark that %s is quoted', (_case, stored) => {
  expect(remarkSchema.parse(stored)).toEqual(quoted(text));
});

it('what stands deeper than any gateway writes is left out', () => {
  const nested = (depth: number): unknown =>
    depth === 0 ? full : { code: 'sentences', values: {}, text, parts: [nested(depth - 1)] };
  expect(JSON.stringify(remarkSchema.parse(nested(1_000))).length).toBeLessThan(2_000);
});

it.each([
  [1],
  [null],
  [{ code: 'anthropic-seed', values: { name: [] }, text: 'x' }],
  [{ code: 'anthropic-seed', values: {} }],
])('anything else is refused: %j', (stored) => {
  expect(remarkSchema.safeParse(stored).success).toBe(false);
});
