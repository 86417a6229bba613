import { describe, expect, it } from 'vitest';
import { NO_SETTINGS, type CanonicalRequest } from '../core/canonical/request.ts';
import type { Turn } from '../core/canonical/parts.ts';
import { queryLength } from './length.ts';
import { createSensitivePatterns } from './patterns.ts';

const request = (...turns: readonly Turn[]): CanonicalRequest => ({
  model: 'm',
  streamed: false,
  system: [{ kind: 'text', text: 'ten characters and more' }],
  turns,
  tools: [],
  settings: NO_SETTINGS,
});
const said = (...texts: readonly string[]): Turn => ({
  role: 'user',
  parts: texts.map((text) => ({ kind: 'text', text })),
});

describe('the length of a question', () => {
  const answer: Turn = { role: 'assistant', parts: [{ kind: 'text', text: 'a long answer' }] };
  const result: Turn = {
    role: 'user',
    parts: [
      {
        kind: 'tool-result',
        id: 'c',
        name: 't',
        content: [{ kind: 'text', text: 'much' }],
        failed: false,
        custom: false,
      },
    ],
  };
  it.each<readonly [string, readonly Turn[], number]>([
    ['nothing said', [], 0],
    ['one message', [said('hello')], 5],
    ['the last one alone', [said('hello there'), answer, said('and?')], 4],
    ['before an answer that is to be continued', [said('hello'), answer], 5],
    ['texts of one turn', [said('ab', 'cde')], 5],
    ['whole characters', [said('😀é漢')], 3],
    ['results of tools', [said('hello'), answer, result], 0],
  ])('%s', (_, turns, expected) => {
    expect(queryLength(request(...turns), 100)).toBe(expected);
  });

  it('counts no further than it has to', () => {
    expect(queryLength(request(said('x'.repeat(1_000_000))), 10)).toBe(11);
  });
});

describe('patterns', () => {
  const found = (patterns: readonly string[], texts: readonly string[]): number => {
    const search = createSensitivePatterns(patterns).search(texts);
    for (let turn = search.next(); ; turn = search.next()) if (turn.done === true) return turn.value;
  };
  it('names the first pattern that is found', () => {
    expect(found(['secret', '/EXEC\\s*\\(/i'], ['all is well', 'exec (rm)'])).toBe(1);
    expect(found(['secret', 'exec'], ['all is well'])).toBe(-1);
    expect(found([], ['secret'])).toBe(-1);
  });
  it('a match across two pieces is found, one across two texts is not', () => {
    expect(found(['secret'], [`${'x'.repeat(1_021)}secret`])).toBe(0);
    expect(found(['secret'], ['sec', 'ret'])).toBe(-1);
  });
  it('a long text can be interrupted', () => {
    const search = createSensitivePatterns(['b']).search(['a'.repeat(100_000)]);
    expect([...search].length).toBe(98);
  });
});
