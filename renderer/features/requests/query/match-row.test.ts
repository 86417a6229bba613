import { expect, it } from 'vitest';
import { NOON, sampleRow } from '../../../testing/samples.ts';
import { rowMatcher } from './match-row.ts';
import { parseQuery } from './parse.ts';

const tokens = { input: 1_000, output: 200, cacheRead: 0, cacheWrite: 0, reasoning: 0 };

it.each([
  ['is:failed', { outcome: 'live' }, false],
  ['is:failed', { outcome: 'ok' }, false],
  ['is:failed', { outcome: 'client-left' }, true],
  ['-is:failed', { outcome: 'cut' }, false],
  ['is:retried', { attemptCount: 1 }, false],
  ['is:retried', { attemptCount: 2 }, true],
  ['is:streamed', { streamed: false }, false],
  ['is:unpriced', { cost: null, tokens }, true],
  ['is:unpriced', { cost: 0, tokens }, false],
  ['provider:groq', { provider: 'groq-2' }, false],
  ['provider:groq,openai', { provider: 'openai' }, true],
  ['model:*FAST*', { modelAsked: 'my-fast-one' }, true],
  ['model:llama*', { modelAsked: 'fast', modelServed: 'llama-3' }, true],
  ['model:gpt.5', { modelAsked: 'gpt-5', modelServed: null }, false],
  ['asked:llama*', { modelAsked: 'fast', modelServed: 'llama-3' }, false],
  ['-app:cline', { app: 'Cline' }, false],
  ['-app:cline', { app: null }, true],
  ['status:5xx', { status: 502 }, true],
  ['status:5xx', { status: null }, false],
  ['cost:>=0.01', { cost: 10_000_000_000 }, true],
  ['cost:>0.01', { cost: 10_000_000_000 }, false],
  ['cost:>0.01', { cost: 10_000_000_001 }, true],
  ['tokens:>1k', { tokens }, true],
  ['duration:<1s', { doneAt: 1_500 }, false],
  ['time:1h', { startedAt: NOON - 7_200_000 }, false],
  ['time:1h', { startedAt: NOON - 60_000 }, true],
  ['is:failed app:cline', { outcome: 'error', app: 'Zed' }, false],
] as const)('%s of %j: %s', (text, row, passes) => {
  const matcher = rowMatcher(parseQuery(text, NOON).filter);
  expect(typeof matcher === 'function' && matcher(sampleRow(1, row))).toBe(passes);
});

it.each(['hello', 'key:a', 'path:/v1/*', 'is:cached', 'conversation:a', '-conversation:a'])(
  'only the log can judge %s',
  (text) => expect(rowMatcher(parseQuery(text, NOON).filter)).toBe('unknown'),
);

it('needs no judge without a filter', () => expect(rowMatcher({})).toBeNull());
