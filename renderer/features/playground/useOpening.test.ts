import { flushPromises } from '@vue/test-utils';
import { beforeEach, expect, it } from 'vitest';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { mountPage } from '../../testing/with-app.ts';
import { newConversation } from './conversation.ts';
import { usePlayground } from './store.ts';
import { useOpening } from './useOpening.ts';

const LATE = 'c-11111111';
const OTHER = 'c-22222222';

beforeEach(() => localStorage.clear());

/** The page without its components, at an address whose answers come when the test lets them. */
async function setUp(at: string) {
  const late = Promise.withResolvers<null>();
  const rpc = createFakeRpc({
    'requests.get': async () => {
      await late.promise;
      throw new Error('There is no such request.');
    },
    'requests.body': () => ({ state: 'stored', text: '{}', bytes: 2 }),
    'conversations.get': async ({ id }) => {
      if (id === LATE) await late.promise;
      return { ...newConversation(id, ['m'], 1), revision: '1' };
    },
  });
  const used: { store: ReturnType<typeof usePlayground>; opening: ReturnType<typeof useOpening> }[] = [];
  const component = {
    setup() {
      used.push({ store: usePlayground(), opening: useOpening() });
      return () => null;
    },
  };
  const route = { path: '/playground/:id?', name: 'playground', component };
  const { router } = await mountPage({ rpc, route, at });
  const [page] = used;
  if (page === undefined) throw new Error('not mounted');
  return { ...page, router, late };
}

it.each([`/playground/${LATE}`, '/playground?request=req_1'])(
  'leaves another chat that was opened since on screen when %s comes late',
  async (at) => {
    const { store, opening, router, late } = await setUp(at);
    await router.push(`/playground/${OTHER}`);
    await flushPromises();
    late.resolve(null);
    await flushPromises();
    expect(store.current?.id).toBe(OTHER);
    expect(opening.hint.value).toBeNull();
    expect(router.currentRoute.value.fullPath).toBe(`/playground/${OTHER}`);
  },
);

it('leaves a new chat that was begun since on screen', async () => {
  const { store, opening, late } = await setUp(`/playground/${LATE}`);
  opening.create(false);
  const begun = store.current;
  await flushPromises();
  late.resolve(null);
  await flushPromises();
  expect(begun).not.toBeNull();
  expect(store.current).toBe(begun);
});

it('tells no failure of a chat that nobody waits for any more', async () => {
  const { store, router, late } = await setUp(`/playground/${LATE}`);
  await router.push(`/playground/${OTHER}`);
  await flushPromises();
  late.reject(new Error('gone'));
  await flushPromises();
  expect(store.openFailure).toBeNull();
});

it.each([
  ['?temporary-chat=true', true],
  ['?temporary-chat=true&model=m', true],
  ['?model=m', false],
  ['?temporary-chat=false', false],
  ['', false],
])('an address with %j begins a chat that is never stored: %s', async (query, temporary) => {
  const { store, router } = await setUp(`/playground${query}`);
  await flushPromises();
  expect(store.current).not.toBeNull();
  expect(store.isTemporary).toBe(temporary);
  if (temporary) expect(router.currentRoute.value.fullPath).toBe('/playground');
});
