import { describe, expect, it, vi } from 'vitest';
import { createEventFeed, type EventStream } from './event-feed.ts';
import type { FeedSignal } from './event-router.ts';

function setUp(allowed = true) {
  const streams: (EventStream & { closed: boolean })[] = [];
  const signals: string[] = [];
  const pauses: number[] = [];
  const waiting: (() => void)[] = [];
  const feed = createEventFeed({
    open() {
      const stream = {
        onopen: null,
        onmessage: null,
        onerror: null,
        closed: false,
        close() {
          this.closed = true;
        },
      };
      streams.push(stream);
      return stream;
    },
    probe: () => Promise.resolve(allowed),
    after(milliseconds, act) {
      pauses.push(milliseconds);
      waiting.push(act);
      return () => void waiting.splice(waiting.indexOf(act), 1);
    },
    random: () => 1,
    emit: (signal: FeedSignal) => signals.push(signal.kind === 'state' ? signal.state : signal.kind),
  });
  const wake = (): void => waiting.shift()?.();
  return { feed, streams, signals, pauses, waiting, wake };
}

describe('the stream of events', () => {
  it('tells that it opened and hands on what comes', () => {
    const { feed, streams, signals } = setUp();
    feed.start();
    streams[0]?.onopen?.();
    streams[0]?.onmessage?.({ data: '{"number":1,"topic":"requests.cleared","data":null}' });
    expect(signals).toEqual(['connected', 'opened', 'message']);
  });

  it('opens again after a failure, later each time, and at once eager again after a success', async () => {
    const { feed, streams, signals, pauses, waiting, wake } = setUp();
    feed.start();
    for (let turn = 0; turn < 7; turn += 1) {
      streams.at(-1)?.onerror?.();
      await expect.poll(() => waiting).toHaveLength(1);
      wake();
    }
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
    streams.at(-1)?.onopen?.();
    streams.at(-1)?.onerror?.();
    await expect.poll(() => pauses.at(-1)).toBe(500);
    expect(streams.slice(0, -1).every(({ closed }) => closed)).toBe(true);
    expect(signals.slice(-3)).toEqual(['connected', 'opened', 'reconnecting']);
  });

  it('need not wait when somebody looks, and is not opened twice', async () => {
    const { feed, streams, waiting } = setUp();
    feed.hurry();
    feed.start();
    feed.hurry();
    expect(streams).toHaveLength(1);
    streams[0]?.onerror?.();
    await expect.poll(() => waiting).toHaveLength(1);
    feed.hurry();
    feed.hurry();
    expect([streams.length, waiting.length]).toEqual([2, 0]);
  });

  it('is opened anew after a sleep, and hears nothing more of the old one', async () => {
    const { feed, streams, signals, waiting } = setUp();
    feed.renew();
    expect(streams).toHaveLength(0);
    feed.start();
    streams[0]?.onopen?.();
    feed.renew();
    streams[0]?.onerror?.();
    await Promise.resolve();
    streams[1]?.onopen?.();
    expect([streams[0]?.closed, streams.length, waiting.length]).toEqual([true, 2, 0]);
    expect(signals).toEqual(['connected', 'opened', 'connected', 'opened']);
  });

  it('gives up when nobody is logged in, and starts again when told', async () => {
    const { feed, streams, pauses } = setUp(false);
    feed.start();
    streams[0]?.onerror?.();
    await vi.waitFor(() => {
      feed.start();
      expect(streams).toHaveLength(2);
    }, 20_000);
    expect(pauses).toEqual([]);
  });

  it('is not opened twice, and not again after it was stopped', async () => {
    const { feed, streams, waiting } = setUp();
    feed.start();
    feed.start();
    expect(streams).toHaveLength(1);
    streams[0]?.onerror?.();
    feed.stop();
    await Promise.resolve();
    expect(waiting).toEqual([]);
    expect(streams[0]?.closed).toBe(true);
  });
});
