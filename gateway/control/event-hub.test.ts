import { describe, expect, it } from 'vitest';
import type { EventMessage } from '../../contract/rpc/events.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { createBatch } from './batch.ts';
import { createEventHub } from './event-hub.ts';

const cleared = { topic: 'requests.cleared', data: null } as const;

function subscriber(hub: ReturnType<typeof createEventHub>, open = true) {
  const got: EventMessage[] = [];
  const state = { open };
  const subscription = hub.subscribe(['requests.cleared'], (message) => {
    got.push(message);
    return state.open;
  });
  return { got, state, subscription };
}

describe('event hub', () => {
  it('numbers what each subscriber gets, of its topics only', () => {
    const hub = createEventHub();
    const { got } = subscriber(hub);
    hub.publish(cleared);
    hub.publish({ topic: 'requests.changed', data: [] });
    hub.publish(cleared);
    expect(got.map(({ number, topic }) => [number, topic])).toEqual([
      [1, 'requests.cleared'],
      [2, 'requests.cleared'],
    ]);
  });

  it('resets everybody, whoever is congested later and without what waited', () => {
    const hub = createEventHub();
    const quick = subscriber(hub);
    const slow = subscriber(hub, false);
    hub.publish(cleared);
    hub.publish(cleared);
    hub.reset();
    expect(quick.got.map(({ topic }) => topic)).toEqual(['requests.cleared', 'requests.cleared', 'reset']);
    expect(slow.got).toHaveLength(1);
    slow.state.open = true;
    slow.subscription.resume();
    hub.publish(cleared);
    expect(slow.got.map(({ number, topic }) => [number, topic])).toEqual([
      [1, 'requests.cleared'],
      [2, 'reset'],
      [3, 'requests.cleared'],
    ]);
  });

  it('waits while the transport is congested and goes on in order', () => {
    const hub = createEventHub();
    const { got, state, subscription } = subscriber(hub, false);
    for (let count = 0; count < 4; count += 1) hub.publish(cleared);
    expect(got).toHaveLength(1);
    state.open = true;
    subscription.resume();
    expect(got.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  });

  it('sends one reset in place of more than a thousand waiting events', () => {
    const hub = createEventHub();
    const { got, state, subscription } = subscriber(hub, false);
    for (let count = 0; count < 1_500; count += 1) hub.publish(cleared);
    state.open = true;
    subscription.resume();
    hub.publish(cleared);
    expect(got.map(({ topic }) => topic)).toEqual(['requests.cleared', 'reset', 'requests.cleared']);
    expect(got.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('forgets who has closed', () => {
    const hub = createEventHub();
    const { got, subscription } = subscriber(hub);
    expect(hub.listening).toBe(true);
    subscription.close();
    hub.publish(cleared);
    expect(got).toEqual([]);
    expect(hub.listening).toBe(false);
  });
});

it('batches hand on the newest value of each id, ten times a second at most', () => {
  const clock = createSteppedClock();
  const handed: (readonly number[])[] = [];
  const batch = createBatch<number>(clock, (values) => handed.push(values));
  for (let value = 0; value < 50; value += 1) batch.add(String(value % 2), value);
  expect(handed).toEqual([]);
  clock.step(100);
  expect(handed).toEqual([[48, 49]]);
  clock.step(1_000);
  expect(handed).toHaveLength(1);
  batch.add('0', 1);
  batch.stop();
  clock.step(1_000);
  expect(handed).toHaveLength(1);
});
