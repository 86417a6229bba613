import { expect, it } from 'vitest';
import type { Conversation } from '../../../contract/rpc/procedures/conversations.ts';
import type { Answers } from './answers.ts';
import { createAsking } from './asking.ts';
import { makeTurn, newConversation } from './conversation.ts';
import { addTurn } from './tree.ts';

/** An answer is under way in every column. */
const underWay = (columns: readonly string[]): Answers => ({
  running: new Map(),
  begin: () => {
    throw new Error('a second answer in one column');
  },
  of: () => null,
  inConversation: (conversation) => columns.map((column) => ({ conversation, column, turn: 't' })),
  stop: () => Promise.resolve(),
});

it('changes nothing, and no title, by an edit for which no column is free', () => {
  const empty = newConversation('c-12345678', ['m'], 1);
  const columns = empty.columns.map(({ id }) => id);
  const first = makeTurn('user', null, 1, { text: 'First' });
  const conversation: Conversation = { ...addTurn(empty, first, columns), title: 'First' };
  const written: Conversation[] = [];
  const asking = createAsking({
    read: () => conversation,
    write: (changed) => written.push(changed),
    save: () => Promise.resolve(),
    answers: underWay(columns),
  });
  asking.edit(conversation.id, first.id, { text: 'Second', files: [] }, columns);
  expect(written).toEqual([]);
});
