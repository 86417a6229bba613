import { describe, expect, it } from 'vitest';
import { requestFilterSchema, type RequestFilter } from '../../../../contract/log/filter.ts';
import { NOON } from '../../../testing/samples.ts';
import { parseQuery } from './parse.ts';
import { printFilter, without, withTime, withWord } from './print.ts';

const filterOf = (text: string): RequestFilter => parseQuery(text, NOON).filter;
const text = (field: string, ...values: string[]) => ({ kind: 'text', field, values });
const range = (field: string, ends: object) => ({ kind: 'range', field, ...ends });
const not = { not: true };

describe('what a filter means', () => {
  it.each([
    ['', {}],
    ['hello world', { words: 'hello world' }],
    ['"one after" -not', { words: '"one after" -not' }],
    ['http://localhost/v1', { words: 'http://localhost/v1' }],
    ['"is:failed"', { words: '"is:failed"' }],
    ['provider:openai', { where: [text('provider', 'openai')] }],
    ['-app:cline', { where: [{ ...text('app', 'cline'), ...not }] }],
    ['app:"Claude Code",Cline', { where: [text('app', 'Claude Code', 'Cline')] }],
    ['app:"say \\"hi\\""', { where: [text('app', 'say "hi"')] }],
    ['model:gpt-* hello', { words: 'hello', where: [text('model', 'gpt-*')] }],
    ['MODEL:x', { where: [text('model', 'x')] }],
    ['status:>=500', { where: [range('status', { least: 500 })] }],
    ['status:>500', { where: [range('status', { least: 501 })] }],
    ['status:<400', { where: [range('status', { most: 399 })] }],
    ['status:4xx', { where: [range('status', { least: 400, most: 499 })] }],
    ['-status:200', { where: [range('status', { least: 200, most: 200, ...not })] }],
    ['cost:>=0.01', { where: [range('cost', { least: 0.01 })] }],
    ['cost:$0.01..', { where: [range('cost', { least: 0.01 })] }],
    ['tokens:10k..1.5M', { where: [range('tokens', { least: 10_000, most: 1_500_000 })] }],
    ['duration:>=2s', { where: [range('duration', { least: 2_000 })] }],
    ['latency:<=1m', { where: [range('duration', { most: 60_000 })] }],
    ['first:<=500ms', { where: [range('firstContent', { most: 500 })] }],
    ['is:failed', { where: [{ kind: 'flag', field: 'failed' }] }],
    ['-is:streamed', { where: [{ kind: 'flag', field: 'streamed', ...not }] }],
    ['has:tools', { where: [{ kind: 'flag', field: 'tools' }] }],
    ['is:live', { where: [text('outcome', 'live')] }],
    ['time:1h', { where: [range('time', { least: NOON - 3_600_000 })] }],
    ['time:2h..1h', { where: [range('time', { least: NOON - 7_200_000, most: NOON - 3_600_000 })] }],
    [
      'time:2026-11-20T10:00Z..2026-11-20T11:00:30Z',
      {
        where: [
          range('time', { least: Date.UTC(2026, 10, 20, 10), most: Date.UTC(2026, 10, 20, 11, 0, 30) }),
        ],
      },
    ],
    [
      'time:2026-11-20',
      {
        where: [
          range('time', {
            least: new Date(2026, 10, 20).getTime(),
            most: new Date(2026, 10, 21).getTime() - 1,
          }),
        ],
      },
    ],
  ])('%s', (words, filter) => {
    expect(filterOf(words)).toEqual(filter);
    expect(requestFilterSchema.safeParse(filterOf(words)).success).toBe(true);
  });

  it('counts the next larger cost from a pico-dollar on', () => {
    const [condition] = filterOf('cost:>0.01').where ?? [];
    expect(condition?.kind === 'range' && (condition.least ?? 0) > 0.01).toBe(true);
  });
});

describe('what cannot be understood', () => {
  it.each([
    ['nonsense:1', 'field'],
    ['provider:', 'empty'],
    ['provider:""', 'empty'],
    ['is:purple', 'flag'],
    ['status:abc', 'number'],
    ['status:1..2..3', 'number'],
    ['status:10k', 'number'],
    ['cost:cheap', 'number'],
    ['tokens:..', 'number'],
    ['time:soon', 'time'],
    ['time:2026-13-40', 'time'],
    ['status:500..400', 'order'],
    [`model:${'x'.repeat(201)}`, 'long'],
  ])('%s narrows nothing and says %s', (words, problem) => {
    const { terms, filter } = parseQuery(`${words} ok`, NOON);
    expect(terms[0]?.problem).toBe(problem);
    expect(filter).toEqual({ words: 'ok' });
  });

  it('is more than the log takes', () => {
    const { terms, filter } = parseQuery('is:failed '.repeat(41), NOON);
    expect(filter.where).toHaveLength(40);
    expect(terms.at(-1)?.problem).toBe('long');
    expect(parseQuery(`${'a'.repeat(300)} ${'b'.repeat(300)}`, NOON).filter.words).toHaveLength(300);
  });
});

describe('a filter as text', () => {
  const FILTERS: readonly RequestFilter[] = [
    {},
    { words: '"a b" -c d' },
    { where: [{ kind: 'text', field: 'app', values: ['Claude Code', 'a,b', 'say "hi"', 'back\\slash'] }] },
    { where: [{ kind: 'text', field: 'outcome', values: ['cut', 'error'], not: true }], words: 'x' },
    { where: [{ kind: 'range', field: 'time', least: NOON, most: NOON + 1 }] },
    { where: [{ kind: 'range', field: 'time', least: NOON, most: NOON }] },
    { where: [{ kind: 'range', field: 'time', most: NOON + 30_000, not: true }] },
    { where: [{ kind: 'range', field: 'cost', least: 1e-9, most: 0.25 }] },
    { where: [{ kind: 'range', field: 'firstContent', least: 0.5 }] },
    { where: [{ kind: 'range', field: 'status', least: 429, most: 429 }] },
    {
      where: [
        { kind: 'flag', field: 'tools', not: true },
        { kind: 'flag', field: 'unpriced' },
      ],
    },
  ];
  it.each(FILTERS.map((filter) => [printFilter(filter), filter]))('%s', (printed, filter) =>
    expect(filterOf(printed)).toEqual(filter),
  );

  it('loses and gains words', () => {
    expect(without('is:failed app:"Claude Code" x', 1)).toBe('is:failed x');
    expect(withWord('x', 'is:failed')).toBe('x is:failed');
    expect(withWord('x is:failed', 'is:failed')).toBe('x is:failed');
    expect(withTime('x time:1h', '24h')).toBe('time:24h x');
    expect(withTime('time:1h x', null)).toBe('x');
  });
});
