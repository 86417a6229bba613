import { expect, it } from 'vitest';
import type { Conversation, ConversationTurn } from '../../../contract/rpc/procedures/conversations.ts';
import { makeTurn, newColumn, newConversation } from './conversation.ts';
import { merged } from './merging.ts';
import { addTurn, withColumn, withoutBranch, withTurn } from './tree.ts';

const question: ConversationTurn = { ...makeTurn('user', null, 1, { text: 'Q' }), id: 'q' };
const answer: ConversationTurn = { ...makeTurn('assistant', 'q', 2, { text: 'A' }), id: 'a' };
const blank = { ...newConversation('c-12345678', ['m'], 1), columns: [{ ...newColumn('m'), id: 'left' }] };
const earlier = addTurn(addTurn(blank, question, ['left']), answer, ['left']);
/** What is read of the gateway shares no value with what the page has. */
const read = (conversation: Conversation): Conversation => structuredClone(conversation);
const say = (to: Conversation, id: string, parent: string | null): Conversation =>
  addTurn(to, { ...makeTurn('user', parent, 3, { text: id }), id }, ['left']);
const idsOf = ({ turns }: Conversation): readonly string[] => turns.map(({ id }) => id);

it('is what is kept where nothing was changed here', () => {
  const kept = read(say(earlier, 'more', 'a'));
  expect(merged({ earlier, here: earlier, kept }, [])).toBe(kept);
});

it('has each setting from whoever changed it, and from here where both did', () => {
  const here = { ...earlier, system: 'here', format: { kind: 'json' } as const, synced: false };
  const kept = read({ ...earlier, system: 'there', title: 'there' });
  expect(merged({ earlier, here, kept }, [])).toMatchObject({
    system: 'here',
    title: 'there',
    format: { kind: 'json' },
    synced: false,
  });
});

it('has neither the turns that were taken out here nor those that were there', () => {
  const both = say(earlier, 'more', 'a');
  const kept = read(withoutBranch(both, 'more'));
  expect(idsOf(merged({ earlier: both, here: { ...both, title: 'x' }, kept }, []))).toEqual(['q', 'a']);
  const here = withoutBranch(both, 'more');
  expect(idsOf(merged({ earlier: both, here, kept: read({ ...both, title: 'x' }) }, []))).toEqual(['q', 'a']);
});

it('keeps what leads to something that was said meanwhile, whoever took it out', () => {
  const gone = withoutBranch(earlier, 'a');
  const grown = say(earlier, 'more', 'a');
  expect(idsOf(merged({ earlier, here: gone, kept: read(grown) }, []))).toEqual(['q', 'a', 'more']);
  const brought = merged({ earlier, here: grown, kept: read(gone) }, []);
  expect(idsOf(brought)).toEqual(['q', 'a', 'more']);
  expect(brought.columns[0]?.leaf).toBe('more');
});

it('goes back along the path where the turn at its end was taken out there', () => {
  const both = say(earlier, 'more', 'a');
  const kept = withoutBranch(both, 'a');
  const here = withColumn(say(earlier, 'more', 'a'), 'left', (column) => ({ ...column, model: 'n' }));
  const column = merged({ earlier: both, here, kept: read(kept) }, []).columns[0];
  expect(column).toMatchObject({ leaf: 'q', model: 'n' });
});

it('follows where the other went on, unless an answer is on its way here', () => {
  const kept = read(say(earlier, 'there', 'a'));
  const here = { ...earlier, title: 'x' };
  expect(merged({ earlier, here, kept }, []).columns[0]?.leaf).toBe('there');
  const underWay = [{ column: 'left', turn: 'a' }];
  expect(merged({ earlier, here, kept }, underWay).columns[0]?.leaf).toBe('a');
});

it('keeps an answer under way that was taken out there', () => {
  const kept = read(withoutBranch(earlier, 'q'));
  expect(idsOf(merged({ earlier, here: earlier, kept }, [{ column: 'left', turn: 'a' }]))).toEqual([
    'q',
    'a',
  ]);
});

it('has an answer as it ended there, also where other turns were added here', () => {
  const kept = read(withTurn(earlier, { ...answer, text: 'whole' }));
  const both = merged({ earlier, here: say(earlier, 'more', 'a'), kept }, []);
  expect(both.turns.map(({ text }) => text)).toEqual(['Q', 'whole', 'more']);
});

it('has the columns that were added on either side, four at most, without those that were taken out', () => {
  const column = (id: string) => ({ ...newColumn('m'), id });
  const two = { ...earlier, columns: [...earlier.columns, column('right')] };
  const here = { ...two, columns: [...two.columns, column('mine')] };
  const kept = read({ ...two, columns: [...earlier.columns, column('theirs'), column('more')] });
  const ids = merged({ earlier: two, here, kept }, []).columns.map(({ id }) => id);
  expect(ids).toEqual(['left', 'mine', 'theirs', 'more']);
});

it('takes what is kept for a chat that was only begun here', () => {
  const kept = read({ ...earlier, title: 'there' });
  const both = merged({ earlier: null, here: { ...blank, system: 'here' }, kept }, []);
  expect(both).toMatchObject({ title: 'there', system: 'here', columns: [{ leaf: 'a' }] });
  expect(idsOf(both)).toEqual(['q', 'a']);
});
