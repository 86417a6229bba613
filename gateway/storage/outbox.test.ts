import { expect, it } from 'vitest';
import { capture, liveRow, NO_BODIES, requestRow } from '../testing/request-row.ts';
import { createOutbox, type OutboxLimits } from './outbox.ts';

const LIMITS: OutboxLimits = { rows: 4, bytes: 100, batchRows: 3, batchBytes: 50 };
const bodyOf = (bytes: number) => ({ request: capture('a'.repeat(bytes)), response: null });

it('hands entries out in order, in batches, and settles them', () => {
  const outbox = createOutbox(LIMITS);
  for (let sequence = 1; sequence <= 4; sequence += 1) outbox.add(requestRow({ sequence }), NO_BODIES);
  expect(outbox.take().map(({ row }) => row.sequence)).toEqual([1, 2, 3]);
  expect([outbox.waiting(), outbox.queued()]).toEqual([1, 4]);
  expect(outbox.settle()).toBe(3);
  expect(outbox.take().map(({ row }) => row.sequence)).toEqual([4]);
  expect(outbox.settle()).toBe(outbox.newest());
  expect(outbox.take()).toEqual([]);
  expect(outbox.settle()).toBe(4);
});

it('writes a request once that ends before its beginning has left', () => {
  const outbox = createOutbox(LIMITS);
  outbox.add(liveRow(1), NO_BODIES);
  outbox.add(requestRow({ sequence: 2 }), NO_BODIES);
  outbox.add(requestRow({ sequence: 1 }), bodyOf(10));
  const batch = outbox.take();
  expect(batch.map(({ row, size }) => [row.sequence, row.outcome, size])).toEqual([
    [1, 'ok', 10],
    [2, 'ok', 0],
  ]);
});

it('ends a batch with the entry that fills it', () => {
  const outbox = createOutbox(LIMITS);
  outbox.add(requestRow({ sequence: 1 }), bodyOf(30));
  outbox.add(requestRow({ sequence: 2 }), bodyOf(30));
  outbox.add(requestRow({ sequence: 3 }), bodyOf(30));
  expect(outbox.take()).toHaveLength(2);
});

it('drops a body before a row, and counts it', () => {
  const outbox = createOutbox(LIMITS);
  outbox.add(requestRow({ sequence: 1 }), bodyOf(45));
  outbox.add(requestRow({ sequence: 2 }), {
    request: capture('b'.repeat(30)),
    response: capture('c'.repeat(30)),
  });
  outbox.add(requestRow({ sequence: 3 }), bodyOf(40));
  expect([outbox.droppedBodies, outbox.droppedRows, outbox.queued()]).toEqual([2, 0, 3]);
  const second = outbox.take()[1];
  expect(second?.bodiesDropped).toBe(true);
  expect(second?.request).toMatchObject({ chunks: [], bytes: 30 });
});

it('has room for bodies again once a batch is settled, not when it is taken', () => {
  const outbox = createOutbox(LIMITS);
  outbox.add(requestRow({ sequence: 1 }), bodyOf(80));
  outbox.take();
  outbox.add(requestRow({ sequence: 2 }), bodyOf(80));
  expect(outbox.droppedBodies).toBe(1);
  outbox.settle();
  outbox.add(requestRow({ sequence: 3 }), bodyOf(80));
  expect(outbox.droppedBodies).toBe(1);
});

it('drops rows when full: those that end are counted, those that began come again', () => {
  const outbox = createOutbox(LIMITS);
  for (let sequence = 1; sequence <= 4; sequence += 1) outbox.add(liveRow(sequence), NO_BODIES);
  outbox.add(liveRow(5), NO_BODIES);
  expect(outbox.droppedRows).toBe(0);
  outbox.add(requestRow({ sequence: 6 }), NO_BODIES);
  expect(outbox.droppedRows).toBe(1);
  outbox.add(requestRow({ sequence: 4 }), NO_BODIES);
  expect([outbox.droppedRows, outbox.queued()]).toEqual([1, 4]);
});

it('gives everything up at once', () => {
  const outbox = createOutbox(LIMITS);
  outbox.add(requestRow({ sequence: 1 }), bodyOf(60));
  outbox.add(liveRow(2), NO_BODIES);
  outbox.take();
  outbox.add(requestRow({ sequence: 3 }), NO_BODIES);
  outbox.dropAll();
  expect([outbox.queued(), outbox.droppedRows]).toEqual([0, 2]);
  outbox.add(requestRow({ sequence: 4 }), bodyOf(90));
  expect(outbox.droppedBodies).toBe(0);
});

it('remembers, bounded, whose end had no room, and tells it once', () => {
  const outbox = createOutbox(LIMITS);
  for (let sequence = 1; sequence <= 4; sequence += 1) outbox.add(liveRow(sequence), NO_BODIES);
  while (outbox.take().length > 0) outbox.settle();
  for (let sequence = 11; sequence <= 14; sequence += 1) outbox.add(requestRow({ sequence }), NO_BODIES);
  outbox.add(liveRow(20), NO_BODIES);
  for (let sequence = 1; sequence <= 9; sequence += 1) outbox.add(requestRow({ sequence }), NO_BODIES);
  expect(outbox.takeLostEnds()).toEqual([1, 2, 3, 4]);
  expect(outbox.takeLostEnds()).toEqual([]);
  outbox.forgetEnds([requestRow({ sequence: 5 })], [1, 2, 3]);
  expect(outbox.takeLostEnds()).toEqual([1, 2, 3, 5]);
});
