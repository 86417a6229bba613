import { describe, expect, it } from 'vitest';
import type { EventMessage } from '../../../contract/rpc/events.ts';
import { sampleRow, sampleStatus } from '../../testing/samples.ts';
import { createEventRouter } from './event-router.ts';

const rows = (number: number): EventMessage => ({
  number,
  topic: 'requests.changed',
  data: [sampleRow(number)],
});
const status = (number: number): EventMessage => ({ number, topic: 'gateway.changed', data: sampleStatus() });

function setUp() {
  const router = createEventRouter();
  const heard: string[] = [];
  const stop = router.subscribe(['requests.changed'], ({ topic }) => heard.push(topic));
  const take = (...messages: EventMessage[]): void => {
    for (const message of messages) router.take({ kind: 'message', message });
  };
  return { router, heard, stop, take };
}

describe('events', () => {
  it('reach those who asked for their topic', () => {
    const { heard, take } = setUp();
    take(rows(1), status(2), rows(3));
    expect(heard).toEqual(['requests.changed', 'requests.changed']);
  });

  it('that are missing mean a reset, and the numbers go on from there', () => {
    const { heard, take } = setUp();
    take(rows(1), rows(4), rows(5));
    expect(heard).toEqual(['requests.changed', 'reset', 'requests.changed']);
  });

  it('may begin at any number: a tab that joins late hears the middle of the stream', () => {
    const { heard, take } = setUp();
    take(rows(900), rows(901));
    expect(heard).toEqual(['requests.changed', 'requests.changed']);
  });

  it('of the queue that overflowed are a reset', () => {
    const { heard, take } = setUp();
    take(rows(1), { number: 2, topic: 'reset', data: null }, rows(3));
    expect(heard).toEqual(['requests.changed', 'reset', 'requests.changed']);
  });

  it('of a new stream begin with a reset and count anew', () => {
    const { router, heard, take } = setUp();
    take(rows(1), rows(2));
    router.take({ kind: 'opened' });
    take(rows(1), rows(2));
    expect(heard).toEqual([
      'requests.changed',
      'requests.changed',
      'reset',
      'requests.changed',
      'requests.changed',
    ]);
  });

  it('stop when nobody wants them', () => {
    const { heard, stop, take } = setUp();
    stop();
    take(rows(1));
    expect(heard).toEqual([]);
  });

  it('tell the state of the connection', () => {
    const { router } = setUp();
    expect(router.connection.value).toBe('connecting');
    router.take({ kind: 'state', state: 'reconnecting' });
    expect(router.connection.value).toBe('reconnecting');
  });
});
