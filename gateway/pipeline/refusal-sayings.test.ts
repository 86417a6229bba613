/** Refusals that a dry run shows: each has words in both languages. */
import { expect, it } from 'vitest';
import en from '../../resources/locales/en.json' with { type: 'json' };
import zh from '../../resources/locales/zh-CN.json' with { type: 'json' };
import type { SensitivePattern } from '../../contract/config/protection.ts';
import { NO_SETTINGS, type CanonicalRequest } from '../core/canonical/request.ts';
import type { GatewayError } from '../core/errors.ts';
import { createSensitivePatterns } from '../guards/patterns.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { toldGaps } from '../testing/told-gaps.ts';
import { clientRefused } from './client-limits.ts';
import { tryGuards, type GuardPorts } from './guarding.ts';
import { budgetCheck } from './spending.ts';

function expectTold(error: GatewayError | undefined, code: string, values: object): void {
  const told = error?.told;
  if (told === undefined) throw new Error('no data');
  expect({ code: told.code, text: told.text }).toEqual({ code, text: error?.message });
  expect(told.values).toEqual(values);
  expect(toldGaps([en, zh], told)).toEqual([]);
}

const REQUEST: CanonicalRequest = {
  ...{ model: 'm', streamed: false, system: [], tools: [], settings: NO_SETTINGS },
  turns: [{ role: 'user', parts: [{ kind: 'text', text: 'a secret' }] }],
};

/** @param step ms that each look at the clock takes */
function guards(patterns: readonly SensitivePattern[], longest = 0, step = 0): GuardPorts {
  const clock = createSteppedClock();
  return {
    clock: {
      ...clock,
      monotonic() {
        clock.step(step);
        return clock.monotonic();
      },
    },
    snapshot: () => ({ guards: { longest, patterns: createSensitivePatterns(patterns) } }),
  };
}

const guarded = async (ports: GuardPorts): Promise<GatewayError | undefined> =>
  (await tryGuards(Buffer.from('{}'), () => REQUEST, ports)).error;

it.each([
  [['secret'], { number: 1 }, ''],
  [[{ pattern: 'secret', name: 'codes' }], { number: 1, name: 'codes' }, '-named'],
])('what is kept in: %j', async (patterns, values, named) => {
  expectTold(await guarded(guards(patterns)), `pattern-blocks${named}`, values);
});

it('what could not be masked', async () => {
  const ports = guards([{ pattern: 'secret', action: 'mask' }]);
  expectTold(await guarded(ports), 'pattern-cannot-mask', { number: 1 });
});

it('a message that is too long, and a search that takes too long', async () => {
  expectTold(await guarded(guards([], 3)), 'query-long', { limitCount: 3 });
  expectTold(await guarded(guards(['b'], 0, 20_000)), 'patterns-slow', { seconds: 10 });
});

it('a client that asks too much', () => {
  const limits = { rpm: 5, atOnce: 2 };
  expectTold(clientRefused('pc', limits, { kind: 'too-many-at-once' }), 'client-at-once', {
    client: 'pc',
    count: 2,
  });
  expectTold(clientRefused('pc', limits, { kind: 'too-many', wait: 1_500 }), 'client-a-minute', {
    ...{ client: 'pc', rpm: 5, seconds: 2 },
  });
});

it.each([true, false])('a budget with nothing left (kept for requests under way: %s)', (reserved) => {
  const rule = {
    id: 'all/day',
    scope: 'all',
    per: 'day',
    pico: 3_000_000_000_000n,
    warnAt: [],
    blocks: true,
  } as const;
  const block = { rule, spent: 2_000_000_000_000n, resetsAt: 0, reserved };
  const { error } = budgetCheck(['all'], [], { blocking: () => block });
  const of = { limitDollars: 3, per: 'day', scope: 'all' };
  if (reserved) expectTold(error, 'budget-reserved', { ...of, leftDollars: 1 });
  else expectTold(error, 'budget-spent', { ...of, spentDollars: 2, at: expect.any(String) });
});
