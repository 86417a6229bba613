import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { defineComponent, h } from 'vue';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LinkContent, LinkOffer } from '../../../contract/rpc/links.ts';
import { RpcError } from '../../../contract/rpc/errors.ts';
import { createFakeDesktop, type DesktopAnswers } from '../../testing/fake-desktop.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { mountPage } from '../../testing/with-app.ts';
import LinkDialog from './LinkDialog.vue';
import { useLinks } from './useLinks.ts';
import { READING_TIME } from './useReadingTime.ts';

const Harness = defineComponent({
  setup() {
    const link = useLinks();
    return () => (link.value === null ? null : h(LinkDialog, { key: link.value.id, offer: link.value }));
  },
});
const PROVIDER: LinkContent = {
  kind: 'add-provider',
  name: 'Lab',
  dialect: 'openai-chat',
  baseUrl: 'http://192.168.1.5:8080/v1',
  keyFingerprint: '…a1b2',
};

let mounted: VueWrapper | undefined;
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => {
  vi.useRealTimers();
  mounted?.unmount();
});

async function show(link: LinkContent, answers: DesktopAnswers = {}) {
  let tell: (told: { readonly offer: LinkOffer | null }) => void = () => undefined;
  const gone = (): null => {
    tell({ offer: null });
    return null;
  };
  const desktop = createFakeDesktop({
    'desktop.links': (_input, teller) => {
      tell = teller;
      tell({ offer: { id: 7, link, waiting: 2 } });
      return new Promise(() => undefined);
    },
    'desktop.declineLink': gone,
    'desktop.acceptLink': () => {
      gone();
      return { provider: link.kind === 'add-provider' ? 'lab' : null };
    },
    ...answers,
  });
  const others = ['providers', 'connect'].map((name) => ({ path: `/${name}/:id?`, name, component: {} }));
  const route = { path: '/', name: 'overview', component: Harness };
  const { page, router } = await mountPage({ rpc: createFakeRpc({}), route, others, at: '/', desktop });
  mounted = page;
  await flushPromises();
  await vi.advanceTimersByTimeAsync(READING_TIME);
  return { desktop, router, tell };
}

const dialog = (): HTMLElement | null => document.body.querySelector<HTMLElement>('[role=dialog]');
const press = async (name: string): Promise<void> => {
  const found = [...(dialog()?.querySelectorAll('button') ?? [])].find(
    (one) => one.textContent.trim() === name,
  );
  found?.click();
  await flushPromises();
};

it('says all that would be done, where it comes from and what speaks against it; cancel has the focus', async () => {
  const { desktop } = await show(PROVIDER);
  const text = dialog()?.textContent ?? '';
  for (const part of [
    'Add provider “Lab”?',
    'Switchyard cannot tell which one',
    'http://192.168.1.5:8080/v1/chat/completions',
    '…a1b2',
    'on your own computer or network',
    '2 more links wait.',
  ]) {
    expect(text).toContain(part);
  }
  expect(document.activeElement?.textContent.trim()).toBe('Cancel');
  await press('Cancel');
  expect(desktop.calls.at(-1)).toEqual({ name: 'desktop.declineLink', input: { id: 7 } });
  expect(dialog()).toBeNull();
});

it('adds a provider only when told to, and shows it', async () => {
  const { desktop, router } = await show(PROVIDER);
  await press('Add provider');
  expect(desktop.calls.at(-1)).toEqual({
    name: 'desktop.acceptLink',
    input: { id: 7, allowPrivateNetwork: true },
  });
  expect(router.currentRoute.value.fullPath).toBe('/providers/lab');
});

it('takes no consent that was on its way before there was anything to see', async () => {
  const { desktop, tell } = await show(PROVIDER);
  const accepted = (): number => desktop.calls.filter(({ name }) => name === 'desktop.acceptLink').length;
  // The second half of a double click, which meets the next link.
  tell({ offer: { id: 8, link: { ...PROVIDER, name: 'Other' }, waiting: 0 } });
  await flushPromises();
  await press('Add provider');
  expect(accepted()).toBe(0);
  await vi.advanceTimersByTimeAsync(READING_TIME);
  // A click into a window that was behind another one.
  window.dispatchEvent(new Event('focus'));
  await flushPromises();
  await press('Add provider');
  expect(accepted()).toBe(0);
  await vi.advanceTimersByTimeAsync(READING_TIME);
  await press('Add provider');
  expect(accepted()).toBe(1);
});

it('stays with the sentence when it could not be done', async () => {
  await show(PROVIDER, {
    'desktop.acceptLink': () => {
      throw new RpcError('conflict', 'The configuration cannot be written.');
    },
  });
  await press('Add provider');
  expect(dialog()?.querySelector('[role=alert]')?.textContent).toContain('cannot be written');
});

it('leads to the change of a tool, which is not made here', async () => {
  const { router } = await show({ kind: 'connect-tool', tool: 'codex' });
  expect(dialog()?.textContent).toContain('Connect Codex?');
  await press('Show the change');
  expect(router.currentRoute.value.fullPath).toBe('/connect/codex');
});

it.each([
  ['too-long', '2,000 characters'],
  ['hidden-characters', 'cannot be seen'],
  ['unknown', 'does not know'],
  ['bad-address', 'http://'],
  ['bad-name', '60 characters'],
  ['bad-key', 'does not look like a key'],
] as const)('tells why a link was refused: %s', async (reason, words) => {
  await show({ kind: 'refused', reason });
  expect(dialog()?.textContent).toContain('Nothing was done.');
  expect(dialog()?.textContent).toContain(words);
  expect([...(dialog()?.querySelectorAll('footer button') ?? [])]).toHaveLength(1);
});
