import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defineComponent } from 'vue';
import type { ChatFile } from '../../../contract/rpc/procedures/chat-content.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { mountPage } from '../../testing/with-app.ts';
import { usePendingFiles } from './pending-files.ts';
import { usePlayground } from './store.ts';

/** What the gateway keeps without hearing of a file, ms. */
const KEPT = 3_600_000;

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => vi.useRealTimers());

const file = (digit: string): ChatFile => ({
  kind: 'image',
  name: 'a.png',
  mime: 'image/png',
  hash: digit.repeat(64),
  size: 5,
});

it('files of a temporary chat, and those not sent yet, are wanted as long as the page is open', async () => {
  const rpc = createFakeRpc({
    'chatFiles.hold': () => null,
    'playground.chat': () => new Promise(() => undefined),
  });
  const used: {
    readonly store: ReturnType<typeof usePlayground>;
    readonly pending: ReturnType<typeof usePendingFiles>;
  }[] = [];
  const component = defineComponent({
    setup() {
      used.push({ store: usePlayground(), pending: usePendingFiles() });
      return () => null;
    },
  });
  await mountPage({ rpc, route: { path: '/', name: 'playground', component }, others: [], at: '/' });
  const [page] = used;
  if (page === undefined) throw new Error('not mounted');
  const holds = (): readonly unknown[] =>
    rpc.calls.filter(({ name }) => name === 'chatFiles.hold').map(({ input }) => input);

  const { id, columns } = page.store.startNew(['m'], { temporary: true });
  vi.advanceTimersByTime(KEPT);
  expect(holds()).toEqual([]);
  page.store.send('Look', [file('a')], columns[0]?.id ?? '');
  page.pending.set(id, [file('b'), file('a')]);
  await flushPromises();
  vi.advanceTimersByTime(KEPT / 2);
  expect(holds()[0]).toEqual({ hashes: ['b'.repeat(64), 'a'.repeat(64)] });
  expect(holds().length).toBeGreaterThan(1);
});
