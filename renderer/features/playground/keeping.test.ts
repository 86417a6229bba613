import { flushPromises } from '@vue/test-utils';
import { expect, it } from 'vitest';
import type { Conversation } from '../../../contract/rpc/procedures/conversations.ts';
import { makeTurn, newConversation } from './conversation.ts';
import { createKeeping } from './keeping.ts';

const ID = 'c-12345678';
const chat: Conversation = {
  ...newConversation(ID, ['m'], 1),
  turns: [makeTurn('user', null, 1, { text: 'Hi' })],
};

/** A put under way, ended by the test. */
interface Put {
  readonly system: string;
  readonly done: () => void;
  readonly fail: () => void;
}

function setUp() {
  const puts: Put[] = [];
  const used = new Set([ID]);
  const saved = new Set<string>();
  const keeping = createKeeping({
    put: ({ system }) =>
      new Promise((resolve, reject) => {
        const done = (): void => resolve(`revision ${puts.length}`);
        puts.push({ system, done, fail: () => reject(new Error('away')) });
      }),
    get: () => Promise.reject(new Error('away')),
    underWay: () => [],
    isShown: (id) => used.has(id),
    isSaved: (id) => saved.has(id),
  });
  /** Another one is opened. */
  const leave = (): void => {
    used.delete(ID);
    keeping.flush(ID);
    keeping.letGo();
  };
  return { puts, saved, keeping, leave };
}

it('keeps what was changed last and left at once, until the gateway has it', async () => {
  const { puts, keeping, leave } = setUp();
  keeping.write({ ...chat, system: 'Be brief.' });
  leave();
  puts[0]?.fail();
  await flushPromises();
  expect(keeping.failures.has(ID)).toBe(true);
  keeping.saveMissed();
  expect(puts.map(({ system }) => system)).toEqual(['Be brief.', 'Be brief.']);
  puts[1]?.done();
  await flushPromises();
  expect(keeping.held.has(ID)).toBe(false);
  keeping.saveMissed();
  expect(puts).toHaveLength(2);
});

it('does not take a change for saved because an earlier one was', async () => {
  const { puts, keeping, leave } = setUp();
  keeping.write({ ...chat, system: 'First' });
  keeping.flush(ID);
  keeping.write({ ...chat, system: 'Second' });
  leave();
  expect(puts.map(({ system }) => system)).toEqual(['First']);
  puts[0]?.done();
  await flushPromises();
  puts[1]?.fail();
  await flushPromises();
  keeping.saveMissed();
  expect(puts.map(({ system }) => system)).toEqual(['First', 'Second', 'Second']);
});

it('tells of each that is not kept, whatever else is saved meanwhile, until it is kept or deleted', async () => {
  const { puts, keeping } = setUp();
  const other = { ...chat, id: 'c-87654321' };
  for (const one of [chat, other, { ...chat, id: 'c-11223344' }]) {
    keeping.write(one);
    keeping.flush(one.id);
  }
  puts[0]?.fail();
  puts[1]?.fail();
  puts[2]?.done();
  await flushPromises();
  expect([...keeping.failures.keys()]).toEqual([ID, other.id]);
  void keeping.save(ID);
  puts[3]?.done();
  await flushPromises();
  expect([...keeping.failures.keys()]).toEqual([other.id]);
  await keeping.discard(other.id, () => Promise.resolve());
  expect(keeping.failures.size).toBe(0);
});

it('deletes one only when no saving is under way that would bring it back', async () => {
  const { puts, keeping } = setUp();
  keeping.write(chat);
  keeping.flush(ID);
  let deleted = false;
  const discarded = keeping.discard(ID, () => {
    deleted = true;
    return Promise.resolve();
  });
  keeping.write({ ...chat, system: 'Late' });
  keeping.flush(ID);
  await flushPromises();
  expect(deleted).toBe(false);
  puts[0]?.done();
  await discarded;
  expect(deleted).toBe(true);
  keeping.saveMissed();
  expect(puts).toHaveLength(1);
});

it('saves that all was taken out of a chat, and no chat in which nothing was said', async () => {
  const { puts, saved, keeping } = setUp();
  keeping.write({ ...chat, turns: [] });
  keeping.flush(ID);
  await flushPromises();
  expect(puts).toHaveLength(0);
  saved.add(ID);
  keeping.write({ ...chat, turns: [] });
  keeping.flush(ID);
  expect(puts).toHaveLength(1);
});
