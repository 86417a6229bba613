import { describe, expect, it } from 'vitest';
import { sampleRow } from '../../testing/samples.ts';
import { asRequestFilter, conditionCount, NO_FILTER, readFilter, rowMatcher, writeFilter } from './filter.ts';

describe('the filter in the address', () => {
  it.each([
    [{}, NO_FILTER],
    [{ show: 'failed' }, { ...NO_FILTER, segment: 'failed' }],
    [{ show: 'nonsense', provider: ['a', 'b'] }, NO_FILTER],
    [
      { provider: 'groq', model: 'gpt', outcome: 'cut', app: 'Cline' },
      { segment: 'all', outcome: 'cut', provider: 'groq', model: 'gpt', app: 'Cline' },
    ],
    [{ outcome: 'fine' }, NO_FILTER],
  ])('%j', (query, filter) => expect(readFilter(query)).toEqual(filter));

  it('is read as it was written', () => {
    const filter = {
      segment: 'failover',
      outcome: 'ok',
      provider: 'my-vllm',
      model: 'qwen 3',
      app: 'Cline',
    } as const;
    const query = { show: 'failover', outcome: 'ok', provider: 'my-vllm', model: 'qwen 3', app: 'Cline' };
    expect(writeFilter(filter)).toEqual(query);
    expect(readFilter(query)).toEqual(filter);
    expect(writeFilter(NO_FILTER)).toEqual({});
    expect(conditionCount(filter)).toBe(5);
    expect(asRequestFilter(filter)).toEqual({
      where: [
        { kind: 'flag', field: 'retried' },
        { kind: 'text', field: 'outcome', values: ['ok'] },
        { kind: 'text', field: 'app', values: ['Cline'] },
        { kind: 'text', field: 'provider', values: ['my-vllm'] },
        { kind: 'text', field: 'model', values: ['*qwen 3*'] },
      ],
    });
    expect(asRequestFilter(NO_FILTER)).toEqual({});
  });
});

describe('rows of events', () => {
  const failed = { ...NO_FILTER, segment: 'failed' } as const;
  it.each([
    ['live is not failed yet', failed, { outcome: 'live' }, false],
    ['ok is not failed', failed, { outcome: 'ok' }, false],
    ['a client that left is', failed, { outcome: 'client-left' }, true],
    ['cut is', failed, { outcome: 'cut' }, true],
    ['one attempt is no failover', { ...NO_FILTER, segment: 'failover' }, { attemptCount: 1 }, false],
    ['two are', { ...NO_FILTER, segment: 'failover' }, { attemptCount: 2 }, true],
    ['another provider', { ...NO_FILTER, provider: 'groq' }, { provider: 'groq-2' }, false],
    ['model asked, any case', { ...NO_FILTER, model: 'FAST ' }, { modelAsked: 'my-fast' }, true],
    ['model served', { ...NO_FILTER, model: 'llama' }, { modelAsked: 'fast', modelServed: 'llama-3' }, true],
    ['another outcome', { ...NO_FILTER, outcome: 'cut' }, { outcome: 'ok' }, false],
    ['that outcome', { ...NO_FILTER, outcome: 'cut' }, { outcome: 'cut' }, true],
    ['that program', { ...NO_FILTER, app: 'Cline' }, { app: 'cline' }, true],
    ['another program', { ...NO_FILTER, app: 'Cline' }, { app: 'Cline 2' }, false],
    ['no model at all', { ...NO_FILTER, model: 'x' }, { modelAsked: null, modelServed: null }, false],
  ] as const)('%s', (_name, filter, row, passes) =>
    expect(rowMatcher(filter)?.(sampleRow(1, row))).toBe(passes),
  );

  it('need no judge without a filter', () => expect(rowMatcher(NO_FILTER)).toBeNull());
});
