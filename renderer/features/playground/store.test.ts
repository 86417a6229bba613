import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent } from 'vue';
import { RpcError } from '../../../contract/rpc/errors.ts';
import { conversationSchema, type Conversation } from '../../../contract/rpc/procedures/conversations.ts';
import type { ChatPart } from '../../../contract/rpc/procedures/playground.ts';
import { Cancelled } from '../../shared/rpc/rpc.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { keptOf, PLAIN_END } from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import { INTERRUPTED } from './answers.ts';
import { usePlayground } from './store.ts';

/** One chat under way, ended by the test. */
interface Open {
  readonly model: string;
  readonly said: readonly string[];
  readonly tell: (part: ChatPart) => void;
  readonly end: () => void;
}

/** Nobody answers. */
let away = false;

/** @param saving what every saving waits for */
async function setUp({ saving = Promise.resolve(null) }: { readonly saving?: Promise<null> } = {}) {
  const open: Open[] = [];
  const kept = new Map<string, Conversation>();
  const rpc = createFakeRpc({
    'conversations.list': () => ({ conversations: [], setAside: [] }),
    'conversations.get': ({ id }) => {
      const found = kept.get(id);
      if (found === undefined) throw new Error('gone');
      return { ...found, revision: JSON.stringify(found) };
    },
    'conversations.remove': ({ id }) => {
      if (away) throw new RpcError('unavailable', 'away');
      kept.delete(id);
      return null;
    },
    'conversations.put': async (put) => {
      await saving;
      if (away) throw new RpcError('unavailable', 'away');
      const conversation = conversationSchema.parse(keptOf(put));
      const { id, title, updatedAt } = conversation;
      kept.set(id, conversation);
      const told = { id, title, updatedAt, revision: JSON.stringify(conversation) };
      return { ...told, model: '', models: 1, turns: conversation.turns.length };
    },
    'playground.chat': ({ model, messages }, tell, signal) =>
      new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new Cancelled()));
        const said = messages.map(({ role, text }) => `${role} ${text}`);
        open.push({ model, said, tell, end: () => resolve(PLAIN_END) });
      }),
  });
  let store: ReturnType<typeof usePlayground> | undefined;
  const Page = defineComponent({
    setup() {
      store = usePlayground();
      return () => null;
    },
  });
  await mountPage({ rpc, route: { path: '/', name: 'playground', component: Page }, others: [], at: '/' });
  if (store === undefined) throw new Error('no store');
  return { store, open, kept, rpc };
}
const columnsOf = (store: ReturnType<typeof usePlayground>): readonly [string, string] => {
  const [first, second] = store.current?.columns ?? [];
  return [first?.id ?? '', second?.id ?? ''];
};
const wordsOf = (store: ReturnType<typeof usePlayground>, column: string): string => {
  const said = store.path(column).map(({ role, text }) => `${role} ${text}`);
  return said.join(' | ');
};

beforeEach(() => {
  localStorage.clear();
  away = false;
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('several models', () => {
  it('answer at once, each in its column, and each can be stopped alone', async () => {
    const { store, open } = await setUp();
    store.startNew(['one', 'two']);
    const [left, right] = columnsOf(store);
    store.send('Hi', [], left);
    await flushPromises();
    expect(open.map(({ model }) => model)).toEqual(['one', 'two']);
    open[0]?.tell({ kind: 'text-delta', text: 'from one' });
    open[1]?.tell({ kind: 'text-delta', text: 'from two' });
    await expect.poll(() => store.runningOf(right)?.text).toBe('from two');
    store.stop(right);
    await flushPromises();
    expect(store.runningOf(right)).toBeNull();
    expect(store.runningOf(left)).not.toBeNull();
    open[0]?.end();
    await flushPromises();
    expect(store.answering).toBe(false);
    expect(wordsOf(store, left)).toBe('user Hi | assistant from one');
    expect(wordsOf(store, right)).toBe('user Hi | assistant from two');
    expect(store.path(right).at(-1)?.figures?.outcome).toBe('stopped');
    expect(store.current?.turns).toHaveLength(3);
  });

  it('are told what was said to each of them alone', async () => {
    const { store, open } = await setUp();
    store.startNew(['one', 'two']);
    const [left, right] = columnsOf(store);
    store.change({ synced: false });
    store.send('Only here', [], right);
    await flushPromises();
    expect(open.map(({ model }) => model)).toEqual(['two']);
    expect(wordsOf(store, left)).toBe('');
    // Its neighbour is free meanwhile.
    store.send('And here', [], left);
    await flushPromises();
    expect(open.map(({ said }) => said.join())).toEqual(['user Only here', 'user And here']);
  });

  it('are asked again together when what was said to all is changed', async () => {
    let now = 1_000;
    vi.spyOn(Date, 'now').mockImplementation(() => (now += 1));
    const { store, open } = await setUp();
    store.startNew(['one', 'two']);
    const [left, right] = columnsOf(store);
    for (const text of ['First', 'Second']) {
      store.send(text, [], left);
      await flushPromises();
      for (const chat of open.splice(0)) {
        chat.tell({ kind: 'text-delta', text: chat.model });
        chat.end();
      }
      await flushPromises();
    }
    const second = store.path(left).findLast(({ role }) => role === 'user');
    store.edit(second?.id ?? '', 'Other', [], left);
    await flushPromises();
    for (const chat of open) chat.end();
    await flushPromises();
    expect(wordsOf(store, left)).toBe('user First | assistant one | user Other | assistant ');
    expect(wordsOf(store, right)).toBe('user First | assistant two | user Other | assistant ');
    store.choose(second?.id ?? '', left);
    expect(wordsOf(store, left)).toBe('user First | assistant one | user Second | assistant one');
  });
});

describe('an answer', () => {
  it('goes on while another conversation is on screen, and is saved there', async () => {
    const { store, open, kept } = await setUp();
    const first = store.startNew(['one']);
    store.send('Hi', [], columnsOf(store)[0]);
    await flushPromises();
    expect(kept.get(first.id)?.turns.at(-1)?.figures?.error?.code).toBe(INTERRUPTED);
    store.startNew(['two']);
    open[0]?.tell({ kind: 'text-delta', text: 'later' });
    open[0]?.end();
    await flushPromises();
    expect(kept.get(first.id)?.turns.at(-1)).toMatchObject({ text: 'later', figures: { outcome: 'ok' } });
    await store.open(first.id);
    expect(wordsOf(store, columnsOf(store)[0])).toBe('user Hi | assistant later');
  });

  it('makes way for the next where it has no words, and stays as another version where it has', async () => {
    const { store, open } = await setUp();
    store.startNew(['one']);
    const [column] = columnsOf(store);
    store.send('Hi', [], column);
    await flushPromises();
    open[0]?.end();
    await flushPromises();
    store.regenerate(store.path(column).at(-1)?.id ?? '', column);
    await flushPromises();
    open[1]?.tell({ kind: 'text-delta', text: 'words' });
    open[1]?.end();
    await flushPromises();
    expect(store.current?.turns).toHaveLength(2);
    store.regenerate(store.path(column).at(-1)?.id ?? '', column);
    await flushPromises();
    open[2]?.end();
    await flushPromises();
    expect(store.current?.turns).toHaveLength(3);
  });

  it('that calls tools with canned results goes on by itself', async () => {
    const { store, open } = await setUp();
    store.startNew(['one']);
    const [column] = columnsOf(store);
    store.change({ autoContinue: true, tools: [{ name: 'sum', description: '', schema: '', canned: '7' }] });
    store.send('Add', [], column);
    await flushPromises();
    open[0]?.tell({ kind: 'call-delta', index: 0, id: 'c1', name: 'sum', text: '{"x"' });
    open[0]?.tell({ kind: 'call-delta', index: 0, id: '', name: '', text: ':1}' });
    open[0]?.end();
    await flushPromises();
    expect(open[1]?.said).toEqual(['user Add', 'assistant ', 'tool 7']);
    expect(store.path(column)[1]?.calls).toEqual([{ id: 'c1', name: 'sum', arguments: '{"x":1}' }]);
  });
});

describe('tools that go on by themselves', () => {
  /** The answer of the first request has come, and its saving takes its time. */
  async function between() {
    const saving = Promise.withResolvers<null>();
    const page = await setUp({ saving: saving.promise });
    const { store, open } = page;
    store.startNew(['one']);
    const [column] = columnsOf(store);
    store.change({ autoContinue: true, tools: [{ name: 'sum', description: '', schema: '', canned: '7' }] });
    store.send('Add', [], column);
    await flushPromises();
    open[0]?.tell({ kind: 'call-delta', index: 0, id: 'c1', name: 'sum', text: '{}' });
    open[0]?.end();
    await flushPromises();
    return { ...page, column, saving };
  }

  it('can be stopped while an answer between them is being saved', async () => {
    const { store, open, column, saving } = await between();
    expect(store.answering).toBe(true);
    store.stop();
    await flushPromises();
    expect(store.answering).toBe(false);
    saving.resolve(null);
    await flushPromises();
    expect(open).toHaveLength(2);
    expect(store.path(column).at(-1)?.figures?.outcome).toBe('stopped');
  });

  it('leave no moment in which something else is said to their column', async () => {
    const { store, column, saving } = await between();
    store.send('Meanwhile', [], column);
    saving.resolve(null);
    await flushPromises();
    expect(wordsOf(store, column)).not.toContain('Meanwhile');
  });
});

it('a deleted branch comes back, also after it was saved without it', async () => {
  const { store, open, kept } = await setUp();
  const { id } = store.startNew(['one']);
  const [column] = columnsOf(store);
  store.send('Hi', [], column);
  await flushPromises();
  open[0]?.tell({ kind: 'text-delta', text: 'there' });
  // Still on its way: deleting stops it first.
  const undo = await store.deleteBranch(store.path(column)[1]?.id ?? '');
  expect(wordsOf(store, column)).toBe('user Hi');
  await store.save(id);
  expect(kept.get(id)?.turns).toHaveLength(1);
  undo?.();
  expect(wordsOf(store, column)).toBe('user Hi | assistant there');
});

it('a temporary chat is never saved', async () => {
  const { store, open, rpc } = await setUp();
  store.startNew(['one'], { temporary: true });
  store.send('Hi', [], columnsOf(store)[0]);
  await flushPromises();
  open[0]?.end();
  await flushPromises();
  store.change({ title: 'Named' });
  await store.save(store.current?.id ?? '');
  expect(rpc.calls.some(({ name }) => name === 'conversations.put')).toBe(false);
});

it('what could not be saved is kept, whatever is shown meanwhile, and is saved once the gateway is back', async () => {
  const { store, open, kept, rpc } = await setUp();
  const { id } = store.startNew(['one']);
  away = true;
  store.send('Hi', [], columnsOf(store)[0]);
  await flushPromises();
  open[0]?.end();
  await flushPromises();
  store.startNew(['one']);
  expect(store.unkept).toMatchObject([{ id, title: 'Hi' }]);
  expect(await store.open(id)).toBe(true);
  expect(wordsOf(store, columnsOf(store)[0])).toContain('user Hi');
  away = false;
  rpc.emit({ topic: 'reset', data: null });
  await flushPromises();
  expect(kept.get(id)?.turns[0]?.text).toBe('Hi');
  expect(store.unkept).toEqual([]);
});

describe('a deleted chat', () => {
  it('is answered no longer, and stays deleted', async () => {
    const { store, open, kept } = await setUp();
    const { id } = store.startNew(['one']);
    store.send('Hi', [], columnsOf(store)[0]);
    await flushPromises();
    store.startNew(['two']);
    open[0]?.tell({ kind: 'text-delta', text: 'half' });
    const last = await store.remove(id);
    expect(store.isAnswering(id)).toBe(false);
    open[0]?.end();
    await flushPromises();
    expect(kept.has(id)).toBe(false);
    expect(await store.open(id)).toBe(false);
    // What brings it back has all that came.
    expect(last.turns.map(({ text }) => text)).toEqual(['Hi', 'half']);
  });

  it('makes way for a new one where it was on screen, and what was changed last does not save it again', async () => {
    const { store, open, kept } = await setUp();
    const { id } = store.startNew(['one']);
    store.send('Hi', [], columnsOf(store)[0]);
    await flushPromises();
    open[0]?.end();
    await flushPromises();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    store.change({ system: 'Be brief.' });
    await store.remove(id);
    expect(store.current?.id).not.toBe(id);
    expect(store.current?.columns[0]?.model).toBe('one');
    vi.advanceTimersByTime(10_000);
    await flushPromises();
    expect(kept.has(id)).toBe(false);
  });

  it('does not go on with its tools', async () => {
    const { store, open } = await setUp();
    const { id } = store.startNew(['one']);
    store.change({ autoContinue: true, tools: [{ name: 'sum', description: '', schema: '', canned: '7' }] });
    store.send('Add', [], columnsOf(store)[0]);
    await flushPromises();
    open[0]?.tell({ kind: 'call-delta', index: 0, id: 'c1', name: 'sum', text: '{}' });
    open[0]?.end();
    await store.remove(id);
    await flushPromises();
    expect(open).toHaveLength(1);
  });

  it('that the gateway did not delete is saved as it was changed meanwhile', async () => {
    const { store, open, kept, rpc } = await setUp();
    const { id } = store.startNew(['one']);
    store.send('Hi', [], columnsOf(store)[0]);
    await flushPromises();
    away = true;
    open[0]?.tell({ kind: 'text-delta', text: 'half' });
    await expect(store.remove(id)).rejects.toThrow('away');
    expect(store.current?.id).toBe(id);
    away = false;
    rpc.emit({ topic: 'reset', data: null });
    await flushPromises();
    expect(kept.get(id)?.turns.at(-1)).toMatchObject({ text: 'half', figures: { outcome: 'stopped' } });
  });
});

describe('a new title', () => {
  it('is shown and saved with all that the chat has here, and stays', async () => {
    const { store, open, kept } = await setUp();
    const { id } = store.startNew(['one']);
    store.send('Hi', [], columnsOf(store)[0]);
    store.change({ system: 'Be brief.' });
    await store.rename(id, 'Named');
    expect(store.current?.title).toBe('Named');
    expect(kept.get(id)).toMatchObject({ title: 'Named', system: 'Be brief.' });
    open[0]?.end();
    await flushPromises();
    expect(kept.get(id)).toMatchObject({
      title: 'Named',
      turns: [{ text: 'Hi' }, { figures: { outcome: 'ok' } }],
    });
  });

  it('can be given to a chat that is not open', async () => {
    const { store, open, kept } = await setUp();
    const { id } = store.startNew(['one']);
    store.send('Hi', [], columnsOf(store)[0]);
    await flushPromises();
    open[0]?.end();
    await flushPromises();
    const other = store.startNew(['two']);
    await store.rename(id, 'Named');
    expect([kept.get(id)?.title, store.current?.id]).toEqual(['Named', other.id]);
  });
});
