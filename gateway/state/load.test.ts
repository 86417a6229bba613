import { describe, expect, it } from 'vitest';
import type { LoadLimits } from '../routing/overload.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { createLoad } from './load.ts';

function start(given: Partial<LoadLimits> = {}) {
  const clock = createSteppedClock();
  let timers = 0;
  let worked = 0;
  let limits: LoadLimits = { inFlight: 0, loopDelay: 250, ...given };
  const told: unknown[] = [];
  const silent = (): void => undefined;
  const load = createLoad({
    clock: {
      ...clock,
      after(delay, task) {
        timers += 1;
        return clock.after(delay, task);
      },
    },
    logger: { debug: silent, info: silent, error: silent, warn: (_message, fields) => told.push(fields) },
    threadTime: () => worked,
    limits: () => limits,
  });
  return {
    load,
    told,
    step: (milliseconds: number) => clock.step(milliseconds),
    timers: () => timers,
    limit: (next: Partial<LoadLimits>) => (limits = { ...limits, ...next }),
    /** The thread does nothing else for so long, or nothing at all. */
    block: (span: number, work = span): void => {
      clock.standStill(span);
      worked += work;
    },
    admit: (count: number) =>
      Array.from({ length: count }, () => {
        const admission = load.admit();
        if (admission.kind === 'refused') throw new Error(`refused: ${admission.why}`);
        return admission.release;
      }),
  };
}

describe('a limit on requests under way', () => {
  it('sends away what is more, and lets in again when one has ended, once', () => {
    const { load, admit } = start({ inFlight: 3 });
    const [release] = admit(3);
    expect(load.admit()).toEqual({ kind: 'refused', why: 'full' });
    expect(load.refusing()).toBe('full');
    release?.();
    release?.();
    expect(load.refusing()).toBeNull();
    admit(1);
    expect(load.admit().kind).toBe('refused');
  });

  it('holds at once when it is set or taken away', () => {
    const { load, admit, limit } = start();
    admit(5);
    limit({ inFlight: 5 });
    expect(load.admit().kind).toBe('refused');
    limit({ inFlight: 0 });
    admit(100);
  });
});

describe('a thread that does not keep up', () => {
  it('is seen by the request that arrived in the same turn, and by the next look', () => {
    const { load, admit, block, step } = start();
    admit(10);
    step(130);
    block(300);
    expect(load.admit()).toEqual({ kind: 'refused', why: 'busy' });
    step(100);
    expect(load.admit().kind).toBe('refused');
  });

  it('lets in again after a second in which it kept up', () => {
    const { load, admit, block, step } = start();
    admit(10);
    block(300);
    step(0);
    step(500);
    expect(load.refusing()).toBe('busy');
    block(200);
    step(0);
    step(999);
    expect(load.refusing()).toBe('busy');
    step(1);
    expect(load.refusing()).toBeNull();
  });

  it('is not one that slept', () => {
    const { admit, block, step } = start();
    admit(10);
    block(3_600_000, 0);
    step(100);
    admit(1);
  });

  it('is looked at no more often for many short requests than for a long one', () => {
    const { admit, step, timers } = start();
    for (let request = 0; request < 100; request += 1) {
      const [release] = admit(1);
      step(4);
      release?.();
      step(6);
    }
    expect(timers()).toBe(20);
    step(10_000);
    expect(timers()).toBe(20);
  });

  it('is not looked at while nothing is under way, nor where nobody wants it', () => {
    const { admit, step, timers, limit } = start();
    step(10_000);
    expect(timers()).toBe(0);
    const [release] = admit(1);
    step(1_000);
    expect(timers()).toBe(21);
    release?.();
    limit({ loopDelay: 0 });
    admit(1);
    step(1_000);
    expect(timers()).toBe(21);
  });
});

it('is told to the log once a minute, with how many it were', () => {
  const { load, told, admit, step } = start({ inFlight: 1 });
  admit(1);
  for (let index = 0; index < 5; index += 1) load.admit();
  expect(told).toEqual([{ why: 'full', underWay: 1, refused: 1 }]);
  step(60_000);
  load.admit();
  expect(told).toEqual([expect.anything(), { why: 'full', underWay: 1, refused: 5 }]);
});
