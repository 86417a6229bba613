import { expect, it } from 'vitest';
import { watchReturn } from './watch-return.ts';

function setUp() {
  const told: string[] = [];
  const page: { now: number; look: () => void; back: () => void } = {
    now: 1_000_000,
    look: () => undefined,
    back: () => undefined,
  };
  watchReturn(
    { hurry: () => void told.push('hurry'), renew: () => void told.push('renew') },
    {
      now: () => page.now,
      every(_span, act) {
        page.look = act;
      },
      onReturn(act) {
        page.back = act;
      },
    },
  );
  return {
    told,
    back: () => page.back(),
    pass: (time: number): void => {
      page.now += time;
      page.look();
    },
  };
}

it('hurries when the user or the network comes back', () => {
  const { told, back } = setUp();
  back();
  expect(told).toEqual(['hurry']);
});

it('begins anew after a sleep, not after the slow beat of a page in the background', () => {
  const { told, pass } = setUp();
  for (const time of [15_000, 60_000, 75_000]) pass(time);
  expect(told).toEqual([]);
  pass(3_600_000);
  pass(15_000);
  expect(told).toEqual(['renew']);
});
