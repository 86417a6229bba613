import { expect, it } from 'vitest';
import type { StreamTimes } from '../core/log-store.ts';
import { decodeEventTimes, encodeEventTimes, eventEnds, eventTimes } from './event-times.ts';

const kept = (text: string, bytes = text.length, head = text.length) => ({
  content: Buffer.from(text),
  bytes,
  head,
});
const timesOf = (times: StreamTimes['times'], stream: ReturnType<typeof kept>): readonly number[] =>
  decodeEventTimes(encodeEventTimes(eventTimes(times, stream)));

it.each([
  ['events', 'data: 1\n\ndata: 2\n\n', [9, 18]],
  ['events with names, CRLF and spare lines', 'event: a\r\ndata: 1\r\n\r\n\r\n: c\r\n\r\nda', [21, 30]],
  ['lines', '{"a":1}\n{"b":2}\n{"c', [8, 16]],
  ['nothing', '', []],
])('finds the ends of %s', (_name, text, ends) => {
  expect(eventEnds(Buffer.from(text))).toEqual(ends);
});

it('gives each event the time of the chunk that ended it', () => {
  const stream = kept('data: 1\n\ndata: 2\n\ndata: 3\n\n');
  expect(timesOf([10.4, 5, 20, 9, 1_000_000, 27], stream)).toEqual([20, 1_000_000, 1_000_000]); // prettier-ignore
});

it('knows which events are left when the middle is not kept', () => {
  // Ten events of nine bytes, of which the first and the last are kept.
  const stream = kept('data: 0\n\ndata: 9\n\n', 90, 9);
  const times = Array.from({ length: 10 }, (_, index) => [index * 100, (index + 1) * 9]).flat();
  expect(timesOf(times, stream)).toEqual([0, 900]);
});

it('a clock that goes back does no harm', () => {
  expect(timesOf([50, 9, 20, 18], kept('data: 1\n\ndata: 2\n\n'))).toEqual([50, 50]); // prettier-ignore
});
