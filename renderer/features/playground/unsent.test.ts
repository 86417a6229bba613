/** A chat in which nothing was said yet, over other chats and reloads. */
import { flushPromises } from '@vue/test-utils';
import { beforeEach, expect, it } from 'vitest';
import { defineComponent } from 'vue';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { mountPage } from '../../testing/with-app.ts';
import { newConversation } from './conversation.ts';
import { usePendingFiles } from './pending-files.ts';
import { usePlayground } from './store.ts';

const OTHER = 'c-11111111';
const FILE = { kind: 'image', name: 'a.png', mime: 'image/png', hash: 'a'.repeat(64), size: 5 } as const;

/** A page that was loaded anew, in the same browser. */
async function load() {
  const rpc = createFakeRpc({
    'conversations.get': ({ id }) => ({ ...newConversation(id, ['m'], 1), revision: '1' }),
    'conversations.put': ({ id, title, updatedAt, turns }) => {
      const summary = { id, title, updatedAt, model: '', models: 1, turns: turns.length };
      return { ...summary, revision: '1' };
    },
    'playground.chat': () => new Promise(() => undefined),
  });
  let store: ReturnType<typeof usePlayground> | undefined;
  let pending: ReturnType<typeof usePendingFiles> | undefined;
  const Page = defineComponent({
    setup() {
      store = usePlayground();
      pending = usePendingFiles();
      return () => null;
    },
  });
  await mountPage({ rpc, route: { path: '/', name: 'playground', component: Page }, others: [], at: '/' });
  if (store === undefined || pending === undefined) throw new Error('no store');
  return { store, pending };
}

beforeEach(() => localStorage.clear());

it('comes back with its settings and its draft when a new one is asked for after another was open', async () => {
  const { store } = await load();
  const { id } = store.startNew(['m']);
  store.change({ system: 'Be brief.' });
  store.drafts.write(id, 'Half a question');
  await store.open(OTHER);
  expect(store.current?.id).toBe(OTHER);
  expect(store.startNew()).toMatchObject({ id, system: 'Be brief.', columns: [{ model: 'm' }] });
  expect(store.drafts.read(id)).toBe('Half a question');
});

it.each([
  ['a setting', (store: ReturnType<typeof usePlayground>) => store.change({ system: 'Be brief.' })],
  [
    'a draft',
    (store: ReturnType<typeof usePlayground>) => store.drafts.write(store.current?.id ?? '', 'Half'),
  ],
  [
    'a parameter',
    (store: ReturnType<typeof usePlayground>) =>
      store.changeColumn(store.current?.columns[0]?.id ?? '', { parameters: { temperature: 1 } }),
  ],
])('comes back after a reload where it has %s', async (_what, act) => {
  const { store } = await load();
  const { id } = store.startNew(['m']);
  act(store);
  await flushPromises();
  const again = (await load()).store;
  expect(again.startNew().id).toBe(id);
});

it('comes back with a draft that is written down only after another chat was opened', async () => {
  const { store } = await load();
  const { id } = store.startNew(['m']);
  await store.open(OTHER);
  store.drafts.write(id, 'Typed last');
  expect(store.startNew().id).toBe(id);
});

it('comes back where only a file is attached', async () => {
  const { store, pending } = await load();
  const { id } = store.startNew(['m']);
  pending.set(id, [FILE]);
  await store.open(OTHER);
  expect(store.startNew().id).toBe(id);
});

it('makes way for a new one where nothing was done in it, where something was said, or for a temporary one', async () => {
  const { store } = await load();
  const untouched = store.startNew(['m']);
  await store.open(OTHER);
  const { id, columns } = store.startNew();
  expect(id).not.toBe(untouched.id);
  store.drafts.write(id, 'Hi');
  expect(store.startNew([], { temporary: true }).id).not.toBe(id);
  store.change({ system: 'Secret' });
  const temporary = store.current?.id ?? '';
  expect(store.startNew().id).toBe(id);
  store.drafts.write(temporary, 'Typed last');
  await store.open(OTHER);
  expect(store.startNew().id).toBe(id);
  store.send('Hi', [], columns[0]?.id ?? '');
  await flushPromises();
  expect(store.startNew().id).not.toBe(id);
  expect(store.current?.system).toBe('');
});

it('that is on screen keeps its words when a new one is asked for, and settings alone make way', async () => {
  const { store } = await load();
  const { id } = store.startNew(['m']);
  store.change({ system: 'Be brief.' });
  store.drafts.write(id, 'Half a question');
  expect(store.startNew().id).toBe(id);
  store.drafts.write(id, '');
  expect(store.startNew()).toMatchObject({ system: '' });
  await store.open(OTHER);
  expect(store.startNew()).toMatchObject({ system: '' });
});

it('is not what models are asked of by name', async () => {
  const { store } = await load();
  const { id } = store.startNew(['m']);
  store.drafts.write(id, 'Half a question');
  expect(store.startNew(['other'])).toMatchObject({ columns: [{ model: 'other' }] });
  expect(store.startNew().id).toBe(id);
});

it('that nobody can read is none', async () => {
  localStorage.setItem('switchyard.playground.unsent', 'c-22222222 {"id":"c-22222222"}');
  const { store } = await load();
  expect(store.startNew(['m']).id).not.toBe('c-22222222');
  expect(store.startNew().id).not.toBe('c-22222222');
});
