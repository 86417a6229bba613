import { describe, expect, it } from 'vitest';
import type { AlertConfig } from '../../contract/config/monitoring.ts';
import type { RequestRow } from '../../contract/log/row.ts';
import { requestRow } from '../testing/request-row.ts';
import { asSaid } from '../core/sayings.ts';
import { createAlertRules, type AlertFacts } from './alert-rules.ts';

const NOTHING: AlertFacts = { budgets: [], down: [] };
const good = requestRow({ sequence: 1, streamed: false, doneAt: 100 });
const bad: RequestRow = { ...good, outcome: 'error', status: 502 };
const ERRORS: AlertConfig = { when: 'error_rate', above: 0.1, window: 300_000, at_least: 10 };

function rulesOf(alert: AlertConfig) {
  const rules = createAlertRules([alert]);
  return {
    rules,
    add: (row: RequestRow, count: number, now: number): void => {
      for (let index = 0; index < count; index += 1) rules.ended(row, now);
    },
    ids: (now: number, facts = NOTHING) => rules.holding(facts, now).map(({ id }) => id),
  };
}

describe('an alert on the rate of errors', () => {
  it('is raised above its share, and is over when the window has passed', () => {
    const { rules, add, ids } = rulesOf(ERRORS);
    add(good, 18, 0);
    add(bad, 2, 1_000);
    expect(ids(1_000)).toEqual([]);
    add(bad, 1, 2_000);
    const message = '14.3 % of the last 21 requests failed in 5 min; the limit is 10 %.';
    expect(rules.holding(NOTHING, 2_000)).toEqual([
      {
        id: '1-error_rate',
        when: 'error_rate',
        message,
        told: {
          code: 'alert-errors',
          values: { failedShare: 3 / 21, requestCount: 21, windowTime: 300_000, limitShare: 0.1 },
          text: message,
        },
        about: null,
      },
    ]);
    expect(ids(400_000)).toEqual([]);
  });

  it('does not flicker around its limit', () => {
    const { add, ids } = rulesOf(ERRORS);
    add(good, 17, 0);
    add(bad, 2, 0);
    expect(ids(0)).toEqual(['1-error_rate']);
    add(good, 1, 0);
    expect(ids(0)).toEqual(['1-error_rate']);
    add(good, 3, 0);
    expect(ids(0)).toEqual([]);
  });

  it('says nothing of a few requests, of what clients did wrong, or of those who left', () => {
    const { add, ids } = rulesOf(ERRORS);
    add(bad, 9, 0);
    expect(ids(0)).toEqual([]);
    add({ ...bad, status: 400 }, 90, 0);
    add({ ...bad, outcome: 'client-left', status: 499 }, 50, 0);
    expect(ids(0)).toEqual([]);
    add({ ...bad, outcome: 'cut', status: 200 }, 5, 0);
    expect(ids(0)).toEqual(['1-error_rate']);
  });

  it('looks at one provider where it is told to', () => {
    const { add, ids } = rulesOf({ ...ERRORS, provider: 'groq' });
    add(bad, 50, 0);
    expect(ids(0)).toEqual([]);
    add({ ...bad, provider: 'groq' }, 10, 0);
    expect(ids(0)).toEqual(['1-error_rate']);
  });
});

describe('an alert on latency', () => {
  const alert: AlertConfig = { when: 'latency', above: 2_000, percentile: 95, window: 60_000, at_least: 20 };

  it('goes by the whole answer, and by the first content of a stream', () => {
    const { rules, add, ids } = rulesOf(alert);
    add({ ...good, streamed: true, firstContentAt: 50, doneAt: 90_000 }, 38, 0);
    expect(ids(0)).toEqual([]);
    add({ ...good, doneAt: 10_000 }, 3, 0);
    const [holding] = rules.holding(NOTHING, 0);
    expect(holding?.message).toMatch(
      /^Percentile 95 of the time to an answer is (?:9\.[5-9]|10\.[0-5]) s over 1 min/,
    );
  });

  it('does not count requests that failed', () => {
    const { add, ids } = rulesOf(alert);
    add({ ...bad, doneAt: 60_000 }, 100, 0);
    expect(ids(0)).toEqual([]);
  });
});

it('an alert on budgets holds as long as the budget says so', () => {
  const { rules } = rulesOf({ when: 'budget' });
  const told = asSaid('Spent.');
  const facts = { ...NOTHING, budgets: [{ name: 'all/month', told }] };
  expect(rules.holding(facts, 0)).toEqual([
    { id: '1-budget-all/month', when: 'budget', message: 'Spent.', told, about: 'all/month' },
  ]);
  expect(rules.holding(NOTHING, 0)).toEqual([]);
});

it('an alert on a provider waits as long as it was told to, from anew each time', () => {
  const { ids } = rulesOf({ when: 'provider_down', for: 60_000 });
  const facts = { ...NOTHING, down: [{ id: 'groq', name: 'Groq' }] };
  expect([ids(0, facts), ids(59_999, facts), ids(60_000, facts)]).toEqual([[], [], ['1-provider_down-groq']]);
  expect(ids(61_000)).toEqual([]);
  expect([ids(62_000, facts), ids(122_000, facts)]).toEqual([[], ['1-provider_down-groq']]);
});
