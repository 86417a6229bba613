import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { defineComponent, h } from 'vue';
import { afterEach, expect, it } from 'vitest';
import type { Told } from '../../../../contract/rpc/connect-sayings.ts';
import { RpcError } from '../../../../contract/rpc/errors.ts';
import type { Update, UpdateState, UpdateView } from '../../../../contract/rpc/updates.ts';
import { useDesktopHost } from '../../../shared/composables/useDesktopHost.ts';
import { useUpdates } from '../../../shared/composables/useUpdates.ts';
import { createFakeDesktop, sampleDesktop, type DesktopAnswers } from '../../../testing/fake-desktop.ts';
import { createFakeRpc } from '../../../testing/fake-rpc.ts';
import { mountPage } from '../../../testing/with-app.ts';
import CallsItem from './CallsItem.vue';
import UpdatesItem from './UpdatesItem.vue';
import UpdateWishItem from './UpdateWishItem.vue';

const update: Update = {
  version: '2.0.0',
  date: Date.UTC(2026, 10, 20),
  notes: '<b>New</b>',
  page: 'https://get.example/',
};
/** What the app tells as data; the page has its own words for it. */
const saying = (code: Told['code'], values: Told['values']): Told => ({ code, values, text: 'In English.' });
let mounted: VueWrapper | undefined;
afterEach(() => mounted?.unmount());

async function show(state: UpdateState, changes: Partial<UpdateView> = {}, answers: DesktopAnswers = {}) {
  const view: UpdateView = {
    source: 'get.example',
    way: 'self',
    checkedAt: Date.UTC(2026, 10, 27),
    state,
    ...changes,
  };
  const desktop = createFakeDesktop({
    'desktop.info': () => sampleDesktop(),
    'desktop.set': ({ updates = 'off' }) => sampleDesktop({ updates }),
    'updates.follow': (_input, tell) => {
      tell(view);
      return new Promise(() => undefined);
    },
    'updates.check': () => null,
    'updates.download': () => null,
    'updates.cancel': () => null,
    'updates.install': () => null,
    ...answers,
  });
  const Host = defineComponent({
    setup() {
      useUpdates().follow();
      void useDesktopHost().read();
      return () => [h(UpdatesItem), h(UpdateWishItem), h(CallsItem)];
    },
  });
  const route = { path: '/', name: 'settings', component: Host };
  const rpc = createFakeRpc({ 'providers.list': () => [] });
  const { page } = await mountPage({ rpc, route, at: '/', desktop });
  mounted = page;
  await flushPromises();
  const buttons = (): readonly string[] => page.findAll('button').map((one) => one.text());
  async function press(name: string): Promise<void> {
    await page
      .findAll('button')
      .find((one) => one.text() === name)
      ?.trigger('click');
    await flushPromises();
  }
  return { page, desktop, buttons, press, last: () => desktop.calls.at(-1) };
}

it('a build without a source says so, and offers nothing to press', async () => {
  const { page, buttons } = await show({ kind: 'idle' }, { source: null });
  expect(page.text()).toContain('This build has no update source');
  expect(page.text()).toContain('no account, no update check');
  expect(buttons()).toEqual([]);
});

it('asks nobody until it is pressed, and says whom it would ask', async () => {
  const { page, press, last } = await show({ kind: 'idle' });
  expect(page.text()).toContain('No update check: nobody is asked');
  expect(page.text()).toContain('Only when you press “Check for updates”.');
  expect(page.text()).not.toContain('no update check, no fonts');
  await press('Check for updates');
  expect(last()?.name).toBe('updates.check');
});

it('names the daily check among the calls once it is on', async () => {
  const { page, press, last } = await show({ kind: 'idle' });
  await press('Tell me');
  expect(last()).toEqual({ name: 'desktop.set', input: { updates: 'tell' } });
  expect(page.text()).toContain('Once a day, and when you press');
  expect(page.text()).toContain('get.example is asked once a day');
});

it('shows what is new as plain text and downloads it', async () => {
  const { page, press, last } = await show({ kind: 'available', update });
  expect(page.text()).toContain('Version 2.0.0 of Nov 20, 2026 is there.');
  expect(page.text()).toContain('<b>New</b>');
  expect(page.find('b').exists()).toBe(false);
  await press('Download');
  expect(last()?.name).toBe('updates.download');
});

it.each([
  ['package', 'without root'],
  ['unsigned', 'only signed apps'],
  ['folder', 'download the new version yourself'],
] as const)('where the way is %s it leads to the download page', async (way, words) => {
  const { page, buttons } = await show({ kind: 'available', update }, { way });
  expect(page.text()).toContain(words);
  expect(page.get('a').attributes('href')).toBe('https://get.example/');
  expect(buttons()).toEqual(['Check for updates', 'Off', 'Tell me']);
});

it('shows how far a download is, and stops it', async () => {
  const { page, press, last } = await show({ kind: 'downloading', update, share: 0.42 });
  expect(page.text()).toContain('42%');
  expect(page.get('[role=progressbar]').attributes('aria-valuenow')).toBe('42');
  await press('Stop');
  expect(last()?.name).toBe('updates.cancel');
});

it('installs now, when the app is quit, or not', async () => {
  const { press, last } = await show({ kind: 'ready', update, onQuit: false });
  await press('Install when I quit');
  expect(last()?.input).toEqual({ when: 'on-quit' });
  await press('Restart to update');
  expect(last()?.input).toEqual({ when: 'now' });
  mounted?.unmount();
  const agreed = await show({ kind: 'ready', update, onQuit: true });
  await agreed.press('Not when I quit');
  expect(agreed.last()?.input).toEqual({ when: 'later' });
});

it('says why it failed, and tries again what failed', async () => {
  const unchecked = await show({
    kind: 'failed',
    reason: saying('update-file-status', { host: 'get.example', status: 500 }),
    update: null,
  });
  expect(unchecked.page.get('[role=alert]').text()).toContain('get.example answered 500 for the file.');
  await unchecked.press('Try again');
  expect(unchecked.last()?.name).toBe('updates.check');
  mounted?.unmount();
  const broken = await show({ kind: 'failed', reason: saying('update-checksum', {}), update });
  expect(broken.page.get('[role=alert]').text()).toContain(
    '2.0.0 was not downloaded: The file is not the one that was announced',
  );
  await broken.press('Try again');
  expect(broken.last()?.name).toBe('updates.download');
});

it('an act that is refused says why in place', async () => {
  const refuse = (): never => {
    throw new RpcError('conflict', 'Nothing waits to be installed.');
  };
  const { page, press } = await show(
    { kind: 'ready', update, onQuit: false },
    {},
    { 'updates.install': refuse },
  );
  await press('Restart to update');
  expect(page.get('[role=alert]').text()).toContain('Nothing waits to be installed.');
});
