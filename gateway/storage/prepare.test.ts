import { expect, it } from 'vitest';
import { createRedactor, type Redactor } from '../core/redact.ts';
import { capture, liveRow, NO_BODIES, requestRow } from '../testing/request-row.ts';
import { encodeBatch } from './encode-batch.ts';
import { createOutbox, OUTBOX_LIMITS } from './outbox.ts';
import { prepareBatch, STREAM_EVENTS } from './prepare.ts';

const plain = createRedactor([]);
/** Cannot read texts with that word. */
const failing = (word: string): Redactor => ({
  ...plain,
  text(value) {
    if (value.includes(word)) throw new RangeError('Maximum call stack size exceeded');
    return value;
  },
});

it('stores a row without its bodies where they cannot be read, and says so', () => {
  const outbox = createOutbox(OUTBOX_LIMITS);
  outbox.add(requestRow({ sequence: 1, warnings: [] }), {
    request: capture('fine'),
    response: capture('a trap'),
  });
  outbox.add(requestRow({ sequence: 2, warnings: [] }), { request: capture('fine'), response: null });
  const batch = prepareBatch(encodeBatch(1, outbox.take()), failing('trap'), STREAM_EVENTS);
  expect(batch).toMatchObject({ unreadable: { count: 0 }, lostEnds: [] });
  const [one, two] = batch.rows;
  expect(one?.row.warnings.map(({ text }) => text)).toEqual([
    'The log could not read the bodies of this request and keeps neither: Maximum call stack size exceeded.',
  ]);
  expect(one?.bodies).toMatchObject({
    request: { state: 'dropped', bytes: 4 },
    response: { state: 'dropped', bytes: 6 },
  });
  expect(two?.row.warnings).toEqual([]);
  expect(two?.bodies?.request.state).toBe('stored');
});

it('tells which requests have lost their end', () => {
  const outbox = createOutbox(OUTBOX_LIMITS);
  outbox.add(requestRow({ sequence: 1, userAgent: 'a trap' }), NO_BODIES);
  outbox.add({ ...liveRow(2), userAgent: 'a trap' }, NO_BODIES);
  outbox.add(requestRow({ sequence: 3 }), NO_BODIES);
  const sent = encodeBatch(1, outbox.take(), [7]);
  const { rows, unreadable, lostEnds } = prepareBatch(sent, failing('trap'), STREAM_EVENTS);
  expect(rows.map(({ row }) => row.sequence)).toEqual([3]);
  expect(unreadable.count).toBe(2);
  expect(lostEnds).toEqual([7, 1]);
});
