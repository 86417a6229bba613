import { expect, it } from 'vitest';
import { rateWait } from './limits.ts';

const NOW = 100_000;
/** Uses of `[age in ms, tokens]`. */
const uses = (...list: readonly (readonly [number, number])[]) =>
  list.map(([age, tokens]) => ({ at: NOW - age, tokens, settled: true }));

it.each([
  ['nothing used', uses(), { rpm: 1, tpm: 100 }, 50, 0],
  ['no limit', uses([10, 5_000]), { rpm: 0, tpm: 0 }, 5_000, 0],
  ['room for one more request', uses([10, 0]), { rpm: 2, tpm: 0 }, 0, 0],
  ['requests used up: until the oldest is over', uses([50_000, 0], [10, 0]), { rpm: 2, tpm: 0 }, 0, 10_000],
  [
    'far too many requests: until enough are over',
    uses([50_000, 0], [20_000, 0]),
    { rpm: 1, tpm: 0 },
    0,
    40_000,
  ],
  ['tokens fit exactly', uses([10, 60]), { rpm: 0, tpm: 100 }, 40, 0],
  [
    'tokens used up: until enough are over',
    uses([50_000, 20], [40_000, 50], [10, 30]),
    { rpm: 0, tpm: 100 },
    60,
    20_000,
  ],
  [
    'more than the limit: until nothing is left',
    uses([50_000, 20], [30_000, 1]),
    { rpm: 0, tpm: 100 },
    500,
    30_000,
  ],
  ['more than the limit, alone', uses(), { rpm: 0, tpm: 100 }, 500, 0],
  ['both: the longer wait', uses([50_000, 90], [20_000, 90]), { rpm: 2, tpm: 100 }, 20, 40_000],
])('%s', (_case, used, limits, tokens, wait) =>
  expect(rateWait(used, limits, tokens, NOW)).toEqual({ wait, soonest: wait }),
);

it('answers under way may be shorter than they may become', () => {
  const settled = uses([50_000, 40]);
  const running = [{ at: NOW - 20_000, tokens: 60, settled: false }];
  const limits = { rpm: 0, tpm: 100 };
  expect(rateWait([...settled, ...running], limits, 30, NOW)).toEqual({ wait: 10_000, soonest: 0 });
  expect(rateWait([...settled, ...running], limits, 70, NOW)).toEqual({ wait: 40_000, soonest: 10_000 });
  // Requests are counted, not weighed.
  expect(rateWait(running, { rpm: 1, tpm: 100 }, 10, NOW)).toEqual({ wait: 40_000, soonest: 40_000 });
});
