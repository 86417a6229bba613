import { describe, expect, it } from 'vitest';
import { createDrawingPace, type PaceClock } from './drawing-pace.ts';

/** A clock whose frames and timers run when they are told to; drawing costs what `costs` says. */
function setUp(costs: readonly number[]) {
  let now = 0;
  let hidden = false;
  const timers: { readonly at: number; readonly act: () => void }[] = [];
  const frames: (() => void)[] = [];
  const drawn: number[] = [];
  const clock: PaceClock = {
    now: () => now,
    hidden: () => hidden,
    after: (ms, act) => void timers.push({ at: now + ms, act }),
    frame: (act) => void frames.push(act),
    painted(act) {
      now += costs[drawn.length - 1] ?? 0;
      act();
    },
  };
  const pace = createDrawingPace(() => drawn.push(now), clock);
  return {
    pace,
    drawn,
    hide: () => {
      hidden = true;
    },
    /** Asks without end until then, with a frame every 16 ms. */
    runUntil: (end: number): void => {
      while (now < end) {
        pace.ask();
        const due = timers.filter(({ at }) => at <= now);
        for (const timer of due) timers.splice(timers.indexOf(timer), 1);
        for (const { act } of due) act();
        for (const act of frames.splice(0)) act();
        now += 16;
      }
    },
  };
}

describe('the drawing of a stream', () => {
  it('happens once a frame, however often it is asked for', () => {
    const { pace, drawn, runUntil } = setUp([]);
    for (let times = 0; times < 100; times += 1) pace.ask();
    expect(drawn).toEqual([]);
    runUntil(1);
    expect(drawn).toHaveLength(1);
  });

  it('leaves four fifths of the time to others', () => {
    const { drawn, runUntil } = setUp([20, 50, 100]);
    runUntil(800);
    expect((drawn[1] ?? 0) - 20).toBeGreaterThanOrEqual(4 * 20);
    expect((drawn[2] ?? 0) - (drawn[1] ?? 0) - 50).toBeGreaterThanOrEqual(4 * 50);
  });

  it('is late by a second at most', () => {
    const { drawn, runUntil } = setUp([5_000]);
    runUntil(6_100);
    expect(drawn[1]).toBeLessThan(6_100);
  });

  it('goes on by the clock on a hidden page, which has no frames', () => {
    const { drawn, hide, runUntil } = setUp([]);
    hide();
    runUntil(600);
    expect(drawn.length).toBeGreaterThanOrEqual(2);
    expect(drawn.length).toBeLessThan(4);
  });
});
