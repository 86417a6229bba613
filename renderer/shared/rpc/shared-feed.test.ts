import { describe, expect, it } from 'vitest';
import type { EventFeed } from './event-feed.ts';
import type { FeedSignal } from './event-router.ts';
import { createSharedFeed, type Channel, type TakeLock } from './shared-feed.ts';

/** One browser: tabs that hear each other and one lock among them. */
function browser() {
  const takers = new Map<object, (note: unknown) => void>();
  const queue: (() => Promise<void>)[] = [];
  let held = false;

  const next = async (): Promise<void> => {
    const whileHeld = queue.shift();
    if (held || whileHeld === undefined) return;
    held = true;
    await whileHeld();
    held = false;
    await next();
  };
  const takeLock: TakeLock = (whileHeld) => {
    queue.push(whileHeld);
    if (!held) void next();
  };
  function tab() {
    const self = {};
    const heard: FeedSignal[] = [];
    let emit: (signal: FeedSignal) => void = () => undefined;
    let streams = 0;
    const asked: string[] = [];
    const channel: Channel = {
      tell(note) {
        for (const [other, take] of takers) if (other !== self) take(structuredClone(note));
      },
      listen: (take) => void takers.set(self, take),
    };
    const feed: EventFeed = createSharedFeed({
      channel,
      takeLock,
      makeFeed(tell) {
        emit = tell;
        return {
          start: () => void (streams += 1),
          stop: () => void (streams -= 1),
          hurry: () => void asked.push('hurry'),
          renew: () => void asked.push('renew'),
        };
      },
      deliver: (signal) => heard.push(signal),
    });
    return {
      feed,
      heard,
      asked,
      emit: (signal: FeedSignal) => emit(signal),
      get streams() {
        return streams;
      },
    };
  }
  return { tab };
}
const connected: FeedSignal = { kind: 'state', state: 'connected' };

describe('tabs of one browser', () => {
  it('hurry the one that holds the stream, whichever is in view', () => {
    const { tab } = browser();
    const [first, second, stopped] = [tab(), tab(), tab()];
    first.feed.start();
    second.feed.start();
    second.feed.hurry();
    second.feed.renew();
    first.feed.hurry();
    stopped.feed.hurry();
    expect([first.asked, second.asked, stopped.asked]).toEqual([['hurry', 'renew', 'hurry'], [], []]);
  });

  it('share one stream', () => {
    const { tab } = browser();
    const [first, second] = [tab(), tab()];
    first.feed.start();
    second.feed.start();
    expect([first.streams, second.streams]).toEqual([1, 0]);
    first.emit({ kind: 'opened' });
    expect(first.heard).toEqual([{ kind: 'opened' }]);
    expect(second.heard).toEqual([{ kind: 'state', state: 'connecting' }, { kind: 'opened' }]);
  });

  it('learn the state when they join', () => {
    const { tab } = browser();
    const first = tab();
    first.feed.start();
    first.emit(connected);
    const second = tab();
    second.feed.start();
    expect(second.heard).toEqual([connected]);
  });

  it('take over when the one with the stream goes', async () => {
    const { tab } = browser();
    const [first, second] = [tab(), tab()];
    first.feed.start();
    second.feed.start();
    first.feed.stop();
    await Promise.resolve();
    await Promise.resolve();
    expect(second.streams).toBe(1);
  });

  it('do not open a stream for a lock that comes after they stopped', async () => {
    const { tab } = browser();
    const [first, second] = [tab(), tab()];
    first.feed.start();
    second.feed.start();
    second.feed.stop();
    first.feed.stop();
    await Promise.resolve();
    await Promise.resolve();
    expect(second.streams).toBeLessThanOrEqual(0);
  });

  it('have a stream each where the browser has no locks', () => {
    const heard: FeedSignal[] = [];
    let started = false;
    const feed = createSharedFeed({
      channel: null,
      takeLock: null,
      makeFeed: (emit) => ({
        start() {
          started = true;
          emit(connected);
        },
        stop: () => undefined,
        hurry: () => undefined,
        renew: () => undefined,
      }),
      deliver: (signal) => heard.push(signal),
    });
    feed.start();
    expect(started).toBe(true);
    expect(heard).toEqual([connected]);
  });
});
