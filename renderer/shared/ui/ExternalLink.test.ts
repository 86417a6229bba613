import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, expect, it } from 'vitest';
import { defineComponent, h } from 'vue';
import { refusal } from '../../../contract/rpc/errors.ts';
import { createFakeDesktop, type DesktopAnswers } from '../../testing/fake-desktop.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { mountPage } from '../../testing/with-app.ts';
import { useToasts } from '../composables/useToasts.ts';
import ExternalLink from './ExternalLink.vue';

const ADDRESS = 'http://updates.internal/2.0.0';
let mounted: VueWrapper | undefined;
afterEach(() => mounted?.unmount());

async function press(open: DesktopAnswers['desktop.openExternal']) {
  const desktop = createFakeDesktop({ ...(open === undefined ? {} : { 'desktop.openExternal': open }) });
  const Host = defineComponent({ setup: () => () => h(ExternalLink, { to: ADDRESS }, () => 'Download') });
  const route = { path: '/', name: 'here', component: Host };
  const { page } = await mountPage({ rpc: createFakeRpc({}), route, at: '/', desktop });
  mounted = page;
  await page.get('a').trigger('click');
  await flushPromises();
  return useToasts().shown.map(({ kind, title, text }) => ({ kind, title, text }));
}

it('on the desktop is opened by the host', async () => {
  const opened: string[] = [];
  const toasts = await press(({ url }) => {
    opened.push(url);
    return null;
  });
  expect(opened).toEqual([ADDRESS]);
  expect(toasts).toEqual([]);
});

it('that the host does not open is told of, with the reason', async () => {
  const toasts = await press(() => {
    throw refusal('invalid_input', { code: 'web-and-mail-only', values: {}, text: 'In English.' }, 'url');
  });
  expect(toasts).toEqual([
    {
      kind: 'failed',
      title: 'The link was not opened',
      text: 'Only https and mailto addresses are opened.',
    },
  ]);
});
