import { expect, it } from 'vitest';
import { isWhole, worstReason } from './finish-reason.ts';

it.each([
  ['stop', true],
  ['STOP', true],
  ['end_turn', true],
  ['stop-sequence', true],
  ['tool_use', true],
  ['tool-calls', true],
  ['completed', true],
  ['length', false],
  ['max_tokens', false],
  ['MAX_TOKENS', false],
  ['content_filter', false],
  ['refusal', false],
  ['pause_turn', false],
  ['SAFETY', false],
  [null, false],
])('an answer that ended with %s is whole: %s', (reason, whole) => {
  expect(isWhole(reason)).toBe(whole);
});

it.each([
  [['length', 'stop'], 'length'],
  [['stop', 'MAX_TOKENS', 'STOP', null], 'MAX_TOKENS'],
  [['length', 'content_filter', 'stop'], 'content_filter'],
  [['stop', 'tool_calls', null], 'tool_calls'],
  [[null], null],
  [[], null],
])('of %j the worst is %s', (reasons, worst) => expect(worstReason(reasons)).toBe(worst));
