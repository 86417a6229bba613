import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { SettingView } from '../../../contract/rpc/procedures/settings.ts';
import { createFakeRpc, type Answers } from '../../testing/fake-rpc.ts';
import { mountPage } from '../../testing/with-app.ts';
import FailoverFigures from './FailoverFigures.vue';

const retries: SettingView = {
  path: 'routing.retries',
  value: 3,
  default: 3,
  changed: false,
  secret: false,
  lockedBy: null,
};
const view = (value: number) => ({
  settings: [{ ...retries, value }],
  configFile: '',
  dataFolder: '',
  logBytes: 0,
});
async function open(answers: Answers): Promise<{ page: VueWrapper; tell: () => Promise<void> }> {
  const rpc = createFakeRpc(answers);
  const route = { path: '/settings/:section?', name: 'settings', component: FailoverFigures };
  const { page } = await mountPage({ rpc, route, at: '/settings' });
  await flushPromises();
  return {
    page,
    async tell() {
      rpc.emit({ topic: 'config.changed', data: null });
      await flushPromises();
    },
  };
}

it('shows what is in force with a link to the setting, and follows a change', async () => {
  let value = 3;
  const { page, tell } = await open({ 'settings.list': () => view(value) });
  const link = page.get('a');
  expect(link.text()).toBe('Extra attempts: 3');
  expect(link.attributes('href')).toContain('/settings/routing?item=routing.retries');
  value = 5;
  await tell();
  expect(page.get('a').text()).toBe('Extra attempts: 5');
});

it('shows nothing where the settings cannot be read', async () => {
  const { page } = await open({
    'settings.list': () => Promise.reject(new RpcError('unavailable', 'Not now.')),
  });
  expect(page.find('section').exists()).toBe(false);
});
