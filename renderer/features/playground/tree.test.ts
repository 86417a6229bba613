import { describe, expect, it } from 'vitest';
import type { Conversation, ConversationTurn } from '../../../contract/rpc/procedures/conversations.ts';
import { makeTurn, newConversation } from './conversation.ts';
import {
  addTurn,
  branchOf,
  descend,
  moveTo,
  pathOf,
  pathTo,
  showTurn,
  siblingsOf,
  toolRounds,
  withColumn,
  withoutBranch,
  withRestored,
} from './tree.ts';

const turn = (
  id: string,
  parent: string | null,
  role: ConversationTurn['role'] = 'user',
  column = '',
): ConversationTurn => makeTurn(role, parent, 1, { id, column, text: id });

/**
 * Two columns. u1 is answered by a1 (left) and b1 (right); left: a1 → u2 → a2, and u2 was said again as u3 → a3;
 * right: b1 → v2 → b2.
 */
const TURNS = [
  turn('u1', null),
  turn('a1', 'u1', 'assistant', 'left'),
  turn('b1', 'u1', 'assistant', 'right'),
  turn('u2', 'a1'),
  turn('v2', 'b1'),
  turn('a2', 'u2', 'assistant', 'left'),
  turn('b2', 'v2', 'assistant', 'right'),
  turn('u3', 'a1'),
  turn('a3', 'u3', 'assistant', 'left'),
];
function sample(left: string | null = 'a3', right: string | null = 'b2'): Conversation {
  const start = newConversation('c-12345678', ['m', 'n'], 1);
  const [first, second] = start.columns;
  if (first === undefined || second === undefined) throw new Error('two columns');
  return {
    ...start,
    turns: TURNS,
    columns: [
      { ...first, id: 'left', leaf: left },
      { ...second, id: 'right', leaf: right },
    ],
  };
}
const ids = (turns: readonly ConversationTurn[]): string => turns.map(({ id }) => id).join(' ');
const found = (id: string): ConversationTurn => TURNS.find((one) => one.id === id) ?? turn('none', null);

describe('a path', () => {
  it.each([
    ['a3', 'u1 a1 u3 a3'],
    ['b2', 'u1 b1 v2 b2'],
    ['u1', 'u1'],
    ['none', ''],
    [null, ''],
  ])('to %j is %j', (leaf, path) => {
    expect(ids(pathTo(TURNS, leaf))).toBe(path);
  });

  it('ends in a file whose turns go round in a circle', () => {
    expect(pathTo([turn('a', 'b'), turn('b', 'a')], 'a').length).toBeLessThanOrEqual(2);
  });

  it('is that of its column', () => {
    expect(ids(pathOf(sample(), 'right'))).toBe('u1 b1 v2 b2');
    expect(ids(pathOf(sample(), 'none'))).toBe('');
  });
});

describe('versions of a turn', () => {
  it.each([
    ['left', 'u2', 'u2 u3'],
    ['left', 'a1', 'a1'],
    ['right', 'b1', 'b1'],
    // The right column went on from an answer of the left one.
    ['right', 'a1', 'a1 b1'],
    ['left', 'u1', 'u1'],
  ])('in the %s column of %s are %s', (column, of, versions) => {
    expect(ids(siblingsOf(sample(), column, found(of)))).toBe(versions);
  });

  it('are shown down to where each was left', () => {
    const shown = showTurn(sample(), 'left', 'u2');
    expect(ids(pathOf(shown, 'left'))).toBe('u1 a1 u2 a2');
    expect(ids(pathOf(shown, 'right'))).toBe('u1 b1 v2 b2');
    const again = addTurn(shown, turn('u4', 'a2'), ['left']);
    const other = showTurn(again, 'left', 'u3');
    expect(ids(pathOf(showTurn(other, 'left', 'u2'), 'left'))).toBe('u1 a1 u2 a2 u4');
  });

  it('remember which was chosen, not only which is newest', () => {
    const two = addTurn(addTurn(sample(), turn('x', 'a3'), ['left']), turn('y', 'a3'), ['left']);
    const chosen = showTurn(two, 'left', 'x');
    const away = showTurn(chosen, 'left', 'u2');
    expect(ids(pathOf(showTurn(away, 'left', 'u3'), 'left'))).toBe('u1 a1 u3 a3 x');
    const [column] = sample().columns;
    if (column !== undefined) expect(descend(two, column, 'u3')).toBe('y');
  });
});

describe('a deleted branch', () => {
  it('is a turn with all that follows', () => {
    expect([...branchOf(TURNS, 'a1')].sort()).toEqual(['a1', 'a2', 'a3', 'u2', 'u3']);
    expect([...branchOf([turn('b', 'a'), turn('a', null)], 'a')].sort()).toEqual(['a', 'b']);
  });

  it.each([
    ['u3', 'u1 a1 u2 a2', 'u1 b1 v2 b2'],
    ['u2', 'u1 a1 u3 a3', 'u1 b1 v2 b2'],
    // No other answer of its own: what was asked is left.
    ['a1', 'u1', 'u1 b1 v2 b2'],
    ['u1', '', ''],
    ['none', 'u1 a1 u3 a3', 'u1 b1 v2 b2'],
  ])('at %s leaves %j and %j', (root, left, right) => {
    const rest = withoutBranch(sample(), root);
    expect([ids(pathOf(rest, 'left')), ids(pathOf(rest, 'right'))]).toEqual([left, right]);
  });

  it('comes back, beside what was said since', () => {
    const before = sample();
    const rest = withoutBranch(before, 'u3');
    const since = addTurn(rest, turn('b3', 'b2'), ['right']);
    const back = withRestored(since, before);
    expect(ids(pathOf(back, 'left'))).toBe('u1 a1 u3 a3');
    expect(ids(pathOf(back, 'right'))).toBe('u1 b1 v2 b2 b3');
    expect(new Set(back.turns.map(({ id }) => id)).size).toBe(TURNS.length + 1);
  });

  it('is put back where it was among the versions', () => {
    const back = withRestored(withoutBranch(sample(), 'u2'), sample());
    expect(back.turns.map(({ id }) => id)).toEqual(TURNS.map(({ id }) => id));
  });

  it('takes its choices with it', () => {
    const [column] = sample().columns;
    if (column === undefined) throw new Error('no column');
    const chosen = withColumn(sample(), 'left', () => moveTo({ turns: TURNS }, column, 'a3'));
    expect(chosen.columns[0]?.chosen).toEqual({ '': 'u1', u1: 'a1', a1: 'u3', u3: 'a3' });
    expect(withoutBranch(chosen, 'u3').columns[0]?.chosen).toMatchObject({ a1: 'u2' });
    expect(withoutBranch(chosen, 'u3').columns[0]?.chosen).not.toHaveProperty('u3');
  });
});

it('rounds of tools are counted from what the user said last', () => {
  const path = [
    turn('u', null),
    turn('a', 'u', 'assistant'),
    turn('t', 'a', 'tool'),
    turn('a2', 't', 'assistant'),
    turn('t2', 'a2', 'tool'),
  ];
  expect(toolRounds(path)).toBe(2);
  expect(toolRounds([...path, turn('u2', 't2')])).toBe(0);
});
