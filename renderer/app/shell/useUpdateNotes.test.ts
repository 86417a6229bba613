import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { defineComponent, h } from 'vue';
import { afterEach, expect, it } from 'vitest';
import type { Update, UpdateState, UpdateView } from '../../../contract/rpc/updates.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { createFakeDesktop } from '../../testing/fake-desktop.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { mountPage } from '../../testing/with-app.ts';
import { useUpdateNotes } from './useUpdateNotes.ts';

const update: Update = { version: '2.0.0', date: null, notes: '', page: 'https://get.example/' };
let mounted: VueWrapper | undefined;
afterEach(() => mounted?.unmount());

async function follow() {
  let tell: (view: UpdateView) => void = () => undefined;
  const desktop = createFakeDesktop({
    'updates.follow': (_input, teller) => {
      tell = teller;
      return new Promise(() => undefined);
    },
  });
  const Host = defineComponent({
    setup() {
      useUpdateNotes();
      const toasts = useToasts();
      return () => h('p', toasts.toasts.map(({ title }) => title).join(' '));
    },
  });
  const others = [{ path: '/settings/:section?', name: 'settings', component: Host }];
  const route = { path: '/', name: 'overview', component: Host };
  const { page, router } = await mountPage({ rpc: createFakeRpc({}), route, others, at: '/', desktop });
  mounted = page;
  async function at(state: UpdateState): Promise<string> {
    tell({ source: 'get.example', way: 'self', checkedAt: null, state });
    await flushPromises();
    return page.text();
  }
  return { at, router };
}

it('says once that a version is there, and that it is ready', async () => {
  const { at } = await follow();
  expect(await at({ kind: 'checking' })).toBe('');
  const there = 'Version 2.0.0 is there.';
  expect(await at({ kind: 'available', update })).toBe(there);
  expect(await at({ kind: 'downloading', update, share: 0.5 })).toBe(there);
  // Stopped: nothing new.
  expect(await at({ kind: 'available', update })).toBe(there);
  await at({ kind: 'downloading', update, share: 0.5 });
  const both = `${there} Version 2.0.0 is ready. Nothing restarts by itself.`;
  expect(await at({ kind: 'ready', update, onQuit: false })).toBe(both);
  expect(await at({ kind: 'ready', update, onQuit: true })).toBe(both);
});

it('says nothing on the page that shows it', async () => {
  const { at, router } = await follow();
  await router.push('/settings/about');
  expect(await at({ kind: 'available', update })).toBe('');
});
