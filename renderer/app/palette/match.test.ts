import { describe, expect, it } from 'vitest';
import { matchWord, searchable } from './match.ts';

const marked = (text: string, typed: string, byInitials = true): string | null => {
  const match = matchWord(searchable(text, byInitials), typed);
  if (match === null) return null;
  let marks = text;
  for (const [from, to] of match.ranges.toReversed()) {
    marks = `${marks.slice(0, from)}[${marks.slice(from, to)}]${marks.slice(to)}`;
  }
  return marks;
};
const score = (text: string, typed: string): number => matchWord(searchable(text, true), typed)?.score ?? 0;

describe('a match', () => {
  it.each([
    ['Requests', 'req', '[Req]uests'],
    ['Pause the gateway', 'gate', 'Pause the [gate]way'],
    ['openai/gpt-5-mini', 'mini', 'openai/gpt-5-[mini]'],
    ['openai/gpt-5-mini', 'gpt5m', 'openai/[gpt]-[5]-[m]ini'],
    ['Pause the gateway', 'ptg', '[P]ause [t]he [g]ateway'],
    ['请求日志', 'rz', '请求[日志]'],
    ['请求日志', '日志', '请求[日志]'],
    ['复制基础 URL', 'fzu', null],
    ['复制基础 URL', 'fzjcu', '[复制基础] [U]RL'],
    ['Requests', 'xyz', null],
    // Two letters anywhere would find nearly everything.
    ['Overview', 'oe', null],
    ['A very long name that happens to have all of the letters', 'aml', null],
  ])('%s by %s: %s', (text, typed, expected) => {
    expect(marked(text, typed)).toBe(expected);
  });

  it('by first letters is nothing for ids', () => {
    expect(marked('meta/llama-3', 'ml', false)).toBeNull();
  });

  it('is worth the more the more it is what was typed', () => {
    const order = [
      score('requests', 'requests'),
      score('requests of today', 'requests'),
      score('all requests', 'requests'),
      score('fallbackrequests', 'requests'),
      score('rxexqxuxexsxtxs', 'requests'),
    ];
    expect(order).toEqual(order.toSorted((a, b) => b - a));
    expect(new Set(order).size).toBe(order.length);
  });

  it('is worth more in a short text', () => {
    expect(score('gpt-5', 'gpt')).toBeGreaterThan(score('gpt-5-mini-2026-08-07', 'gpt'));
  });
});
