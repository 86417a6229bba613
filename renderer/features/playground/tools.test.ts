import { describe, expect, it } from 'vitest';
import type { Conversation, ConversationTurn } from '../../../contract/rpc/procedures/conversations.ts';
import { makeTurn, newConversation } from './conversation.ts';
import { brokenOff } from './answers.ts';
import { startAnswer } from './running-answer.ts';
import {
  cannedResults,
  choiceAmong,
  mayContinue,
  MOST_TOOL_ROUNDS,
  openCalls,
  parseArguments,
} from './tools.ts';

it.each([
  ['{"x":1}', true],
  ['', true],
  ['{"x":', false],
  ['[1]', false],
  ['null', false],
])('arguments %j are JSON of an object: %j', (text, ok) => {
  expect(parseArguments({ id: 'c', name: 'sum', arguments: text }).ok).toBe(ok);
});

it.each([
  ['tool:sum', 'tool:sum'],
  // Renamed, or gone.
  ['tool:total', 'auto'],
  ['none', 'none'],
  ['required', 'required'],
])('of the tools that are there, %s chooses %s', (choice, chosen) => {
  expect(choiceAmong([tool('sum', null)], choice)).toBe(chosen);
});

const tool = (name: string, canned: string | null) => ({ name, description: '', schema: '', canned });
const conversation = (autoContinue: boolean, ...tools: ReturnType<typeof tool>[]): Conversation => ({
  ...newConversation('c-12345678', ['m'], 1),
  autoContinue,
  tools,
});
function answer(outcome: 'ok' | 'stopped', ...names: readonly string[]): ConversationTurn {
  const calls = names.map((name, index) => ({ id: `c${index}`, name, arguments: '{}' }));
  const figures = brokenOff(startAnswer({ conversation: '', column: '', turn: '' }, 0), '', '');
  return makeTurn('assistant', null, 1, { calls, figures: { ...figures, outcome } });
}

describe('what is canned', () => {
  it('answers the calls of its tool', () => {
    const of = conversation(true, tool('sum', '7'), tool('now', null));
    expect(cannedResults(of, answer('ok', 'sum', 'now', 'sum'))).toEqual([
      { callId: 'c0', text: '7', origin: 'canned' },
      { callId: 'c2', text: '7', origin: 'canned' },
    ]);
  });

  const rounds = (count: number): readonly ConversationTurn[] =>
    Array.from({ length: count }, () => makeTurn('tool', null, 1));
  it.each([
    ['where it is wished', true, ['sum'], 'ok', 0, true],
    ['not where it is not', false, ['sum'], 'ok', 0, false],
    ['not where one call has none', true, ['sum', 'now'], 'ok', 0, false],
    ['not where a call has no tool', true, ['other'], 'ok', 0, false],
    ['not after an answer that was stopped', true, ['sum'], 'stopped', 0, false],
    ['not after an answer without calls', true, [], 'ok', 0, false],
    ['before the last round', true, ['sum'], 'ok', MOST_TOOL_ROUNDS - 1, true],
    ['not without end', true, ['sum'], 'ok', MOST_TOOL_ROUNDS, false],
  ] as const)('is sent on %s', (_name, wished, names, outcome, count, goes) => {
    const of = conversation(wished, tool('sum', '7'), tool('now', null));
    expect(mayContinue(of, answer(outcome, ...names), rounds(count))).toBe(goes);
  });

  it('is asked for by the answer at the end alone', () => {
    const asked = answer('ok', 'sum');
    expect(openCalls([asked])).toHaveLength(1);
    expect(openCalls([asked, makeTurn('tool', asked.id, 1)])).toEqual([]);
    expect(openCalls([])).toEqual([]);
  });
});
