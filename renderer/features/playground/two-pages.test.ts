/** One gateway, and one chat that is open in two pages. */
import { flushPromises } from '@vue/test-utils';
import { beforeEach, expect, it } from 'vitest';
import { defineComponent } from 'vue';
import { RpcError } from '../../../contract/rpc/errors.ts';
import { conversationSchema, type Conversation } from '../../../contract/rpc/procedures/conversations.ts';
import { createFakeRpc, type FakeRpc } from '../../testing/fake-rpc.ts';
import { PLAIN_END } from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import { usePlayground } from './store.ts';

/** Keeps chats as the gateway does. */
function createGateway() {
  const kept = new Map<string, { readonly conversation: Conversation; readonly revision: string }>();
  const pages: FakeRpc[] = [];
  let puts = 0;
  /** Whether pages hear what others save. */
  const gateway = { kept, telling: true, connect };

  function connect() {
    const chats: { readonly answer: (text: string) => void }[] = [];
    const rpc = createFakeRpc({
      'conversations.list': () => ({ conversations: [], setAside: [] }),
      'conversations.get': ({ id }) => {
        const found = kept.get(id);
        if (found === undefined) throw new RpcError('not_found', 'gone');
        return { ...found.conversation, revision: found.revision };
      },
      'conversations.put': ({ revision: madeOf, ...raw }) => {
        const now = kept.get(raw.id)?.revision ?? null;
        if (madeOf !== undefined && now !== null && now !== madeOf) throw new RpcError('conflict', 'changed');
        // As over a wire: nobody shares a value.
        const conversation = conversationSchema.parse(structuredClone(raw));
        puts += 1;
        const revision = `r${puts}`;
        kept.set(raw.id, { conversation, revision });
        const { id, title, updatedAt, turns } = conversation;
        const saved = { id, title, updatedAt, model: '', models: 1, turns: turns.length, revision };
        if (gateway.telling) {
          for (const page of pages) page.emit({ topic: 'conversations.changed', data: { id, saved } });
        }
        return saved;
      },
      'playground.chat': (_chat, tell) =>
        new Promise((resolve) => {
          chats.push({
            answer(text) {
              tell({ kind: 'text-delta', text });
              resolve(PLAIN_END);
            },
          });
        }),
    });
    pages.push(rpc);
    return { rpc, chats };
  }
  return gateway;
}

async function openPage(gateway: ReturnType<typeof createGateway>) {
  const { rpc, chats } = gateway.connect();
  let store: ReturnType<typeof usePlayground> | undefined;
  const Page = defineComponent({
    setup() {
      store = usePlayground();
      return () => null;
    },
  });
  await mountPage({ rpc, route: { path: '/', name: 'playground', component: Page }, others: [], at: '/' });
  if (store === undefined) throw new Error('no store');
  const opened = store;
  const column = (): string => opened.current?.columns[0]?.id ?? '';
  return {
    store: opened,
    rpc,
    chats,
    column,
    async say(text: string, answer: string): Promise<void> {
      opened.send(text, [], column());
      await flushPromises();
      chats.at(-1)?.answer(answer);
      await flushPromises();
    },
  };
}

/** Both have the chat open, in which something was said already. */
async function setUp() {
  const gateway = createGateway();
  const [one, other] = [await openPage(gateway), await openPage(gateway)];
  const { id } = one.store.startNew(['m']);
  await one.say('First', 'one');
  await other.store.open(id);
  const wordsKept = (): readonly string[] =>
    (gateway.kept.get(id)?.conversation.turns ?? []).map(({ text }) => text);
  return { gateway, one, other, id, wordsKept };
}
const wordsShown = ({ store, column }: Awaited<ReturnType<typeof openPage>>): readonly string[] =>
  store.path(column()).map(({ text }) => text);

beforeEach(() => localStorage.clear());

it('what is said in one is had by the other, which goes on from there', async () => {
  const { one, other } = await setUp();
  await other.say('Second', 'two');
  expect(wordsShown(one)).toEqual(['First', 'one', 'Second', 'two']);
  await one.say('Third', 'three');
  expect(wordsShown(other)).toEqual(['First', 'one', 'Second', 'two', 'Third', 'three']);
});

it('what one says that has heard nothing takes nothing from the other', async () => {
  const { gateway, one, other, wordsKept } = await setUp();
  gateway.telling = false;
  await other.say('Second', 'two');
  await one.say('Third', 'three');
  expect(wordsKept()).toEqual(['First', 'one', 'Second', 'two', 'Third', 'three']);
  // Where it goes on is another version of what was said.
  expect(wordsShown(one)).toEqual(['First', 'one', 'Third', 'three']);
});

it('a page that may have missed something reads what it shows, unless nobody else can have it', async () => {
  const { gateway, one, other } = await setUp();
  gateway.telling = false;
  await other.say('Second', 'two');
  one.rpc.emit({ topic: 'reset', data: null });
  await flushPromises();
  expect(wordsShown(one)).toEqual(['First', 'one', 'Second', 'two']);
  one.store.startNew(['m']);
  const before = one.rpc.calls.length;
  one.rpc.emit({ topic: 'reset', data: null });
  await flushPromises();
  expect(one.rpc.calls.slice(before)).toEqual([]);
});

it('a setting that one changes takes no turn from the other', async () => {
  const { gateway, one, other, id, wordsKept } = await setUp();
  gateway.telling = false;
  await other.say('Second', 'two');
  other.store.change({ title: 'Theirs' });
  await other.store.save(id);
  one.store.changeColumn(one.column(), { parameters: { temperature: 1 } });
  await one.store.save(id);
  expect(wordsKept()).toEqual(['First', 'one', 'Second', 'two']);
  expect(gateway.kept.get(id)?.conversation).toMatchObject({
    title: 'Theirs',
    columns: [{ parameters: { temperature: 1 } }],
  });
  expect(wordsShown(one)).toEqual(['First', 'one', 'Second', 'two']);
});

it.each([true, false])(
  'both answer at once, and both answers stay whole; told of each other: %s',
  async (telling) => {
    const { gateway, one, other, id } = await setUp();
    gateway.telling = telling;
    one.store.send('Left', [], one.column());
    other.store.send('Right', [], other.column());
    await flushPromises();
    expect(wordsShown(one).slice(0, 3)).toEqual(['First', 'one', 'Left']);
    expect(wordsShown(other).slice(0, 3)).toEqual(['First', 'one', 'Right']);
    one.chats.at(-1)?.answer('left');
    await flushPromises();
    other.chats.at(-1)?.answer('right');
    await flushPromises();
    const turns = gateway.kept.get(id)?.conversation.turns ?? [];
    expect(turns.map(({ text }) => text).toSorted()).toEqual([
      'First',
      'Left',
      'Right',
      'left',
      'one',
      'right',
    ]);
    expect(turns.flatMap(({ figures }) => figures?.outcome ?? [])).toEqual(['ok', 'ok', 'ok']);
  },
);

it('what one deletes is gone in the other, and its undo brings it back to both', async () => {
  const { one, other, id, wordsKept } = await setUp();
  const undo = await one.store.deleteBranch(one.store.path(one.column())[1]?.id ?? '');
  await one.store.save(id);
  await flushPromises();
  expect(wordsShown(other)).toEqual(['First']);
  undo?.();
  await one.store.save(id);
  await flushPromises();
  expect(wordsKept()).toEqual(['First', 'one']);
  expect(wordsShown(other)).toEqual(['First', 'one']);
});

it('a title given to a chat that is not open here is given to what it is by now', async () => {
  const { gateway, one, other, id, wordsKept } = await setUp();
  one.store.startNew(['m']);
  gateway.telling = false;
  await other.say('Second', 'two');
  await one.store.rename(id, 'Named');
  expect(wordsKept()).toEqual(['First', 'one', 'Second', 'two']);
  expect(gateway.kept.get(id)?.conversation.title).toBe('Named');
});
