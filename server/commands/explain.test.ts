import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../contract/rpc/procedures/routing.ts';
import { formatOf } from './explain.ts';
import { explanationText } from './explain-text.ts';

it.each([
  ['{"model":"m","messages":[]}', 'openai-chat'],
  ['{"messages":[],"system":"x","max_tokens":5}', 'anthropic-messages'],
  ['{"model":"m","input":"x"}', 'openai-responses'],
  ['{"contents":[]}', 'gemini'],
  ['{"prompt":"x"}', 'openai-completions'],
  ['no JSON', 'openai-chat'],
  ['null', 'openai-chat'],
])('%s looks like %s', (body, format) => expect(formatOf(body)).toBe(format));

const TOLD: Explanation = {
  modelAsked: 'auto',
  rules: [
    { number: 1, name: 'nights', model: 'one/m', verdict: 'condition-fails', condition: 'client' },
    { number: 2, name: null, model: 'gone', verdict: 'leads-nowhere', condition: null },
    { number: 3, name: null, model: 'auto', verdict: 'applies', condition: null },
    { number: 4, name: null, model: 'late', verdict: 'not-reached', condition: null },
  ],
  aliases: [
    {
      alias: 'auto',
      strategy: 'least-latency',
      order: [
        { model: 'one/m', because: 'unmeasured', figure: null },
        { model: 'two/n', because: 'measured', figure: 320.4 },
      ],
    },
  ],
  complexity: { score: 0.42, parts: { length: 0, reasoning: 0.42 } },
  tokens: 12,
  kept: { provider: 'two', model: 'n', key: 'k' },
  places: [
    {
      provider: 'one',
      model: 'm',
      usable: false,
      keys: [
        {
          id: 'k1',
          label: 'main',
          fingerprint: '…1111',
          state: 'cooling',
          wait: 29_001,
          because: { reason: 'rate_limited', status: 429, message: 'slow down' },
        },
      ],
    },
    {
      provider: 'two',
      model: 'n',
      usable: true,
      keys: [{ id: '', label: '', fingerprint: null, state: 'ready', wait: 0, because: null }],
    },
  ],
  excluded: [
    { kind: 'target', alias: 'auto', model: 'off/z', problem: 'provider_off' },
    { kind: 'key', provider: 'one', model: 'm', key: 'k2', problem: 'other-models' },
  ],
  budgets: [
    {
      id: 'all/month',
      scope: 'all',
      per: 'month',
      usd: 20,
      spent: 17.5,
      resetsAt: 0,
      state: 'near',
      effect: 'warns',
    },
  ],
  guards: [
    { number: 1, name: 'mail', action: 'mask' },
    { number: 2, name: null, action: 'warn' },
  ],
  client: { id: 'laptop', rpm: 60, used: 3, maxConcurrency: 0, underWay: 1, wait: 0, refused: false },
  error: null,
};

describe('an explanation in words', () => {
  it('tells what decided, the plan, and what is left out', () =>
    expect(explanationText(TOLD, true).split('\n')).toEqual([
      'Model      auto, about 12 tokens',
      'Rule 1     (nights) does not apply: client',
      'Rule 2     holds, but gone leads nowhere',
      'Rule 3     applies: auto',
      'Alias      auto (least-latency)',
      '           1. one/m: not measured lately',
      '           2. two/n: 320 ms lately',
      'Complexity 0.42: reasoning 0.42',
      'Kept       its conversation was served by two/n last',
      'Client     laptop: 3 of 60 requests in the last minute',
      'Budget     all/month: $17.50 of $20.00, nearly spent; warns only',
      'Guard      pattern 1 (mail) masks what it finds',
      'Guard      pattern 2 warns only',
      'Plan       1. one/m (passed over now)',
      '              key main …1111: cools for 30 s: slow down',
      '           2. two/n',
      '              without a key: ready',
      'Left out   off/z of auto: its provider is off',
      'Left out   key k2 for one/m: it is for other models',
      '',
    ]));

  it('tells where there is no place, and what it does not know', () => {
    const error = { code: 'model_not_found', message: 'No provider offers it.' };
    const text = explanationText({ ...TOLD, places: [], error }, false);
    expect(text).toContain('Refused    model_not_found: No provider offers it.');
    expect(text).toContain('how keys fare is not known');
  });

  it('tells of budgets and clients that keep a request back', () => {
    const [first, second] = TOLD.places;
    if (first === undefined || second === undefined) throw new Error('two places are needed');
    const [budget] = TOLD.budgets;
    if (budget === undefined) throw new Error('a budget is needed');
    const client = { id: 'a', rpm: 1, used: 1, maxConcurrency: 2, underWay: 1, wait: 12_000, refused: true };
    const spent = { ...budget, id: 'provider:two/day', state: 'spent', effect: 'leaves-out' } as const;
    const places = [first, { ...second, usable: false, closedBy: spent.id }];
    const text = explanationText({ ...TOLD, client, places, budgets: [spent] }, true);
    expect(text).toContain(
      'a: 1 of 1 requests in the last minute, 1 of 2 requests under way; refused for 12 s',
    );
    expect(text).toContain('Budget     provider:two/day: $17.50 of $20.00, spent; its provider is left out');
    expect(text).toContain('2. two/n (left out: the budget provider:two/day is spent)');
  });
});
