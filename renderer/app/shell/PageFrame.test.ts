import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { createFakeDesktop } from '../../testing/fake-desktop.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { mountPage } from '../../testing/with-app.ts';
import { isDrawing } from './page-fault.ts';
import PageFrame from './PageFrame.vue';

let broken = true;
const Models = defineComponent(() => () => {
  if (broken) throw new TypeError('rows is undefined');
  return h('p', 'all models');
});
const Requests = defineComponent(() => () => h('p', 'all requests'));

afterEach(() => {
  broken = true;
  vi.restoreAllMocks();
});

async function show() {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const desktop = createFakeDesktop({ 'desktop.copyText': () => null });
  const { page, router } = await mountPage({
    rpc: createFakeRpc({}),
    desktop,
    at: '/requests',
    route: {
      path: '/',
      component: defineComponent(() => () => h('main', h(PageFrame))),
      children: [
        { path: 'requests', name: 'requests', component: Requests },
        { path: 'models', name: 'models', component: Models },
      ],
    },
  });
  await flushPromises();
  return { page, router, desktop };
}

describe('a page that breaks', () => {
  it('says so, with what it said; the others go on', async () => {
    const { page, router } = await show();
    await router.push('/models');
    await flushPromises();
    expect(page.get('[role=alert]').text()).toContain('Models broke');
    expect(page.get('[role=alert]').text()).toContain('rows is undefined');
    await router.push('/requests');
    await flushPromises();
    expect(page.text()).toContain('all requests');
  });

  it('can be tried again, and tells its details', async () => {
    const { page, router, desktop } = await show();
    await router.push('/models');
    await flushPromises();
    await page.findAll('[role=alert] button')[1]?.trigger('click');
    await flushPromises();
    expect(JSON.stringify(desktop.calls.at(-1))).toContain('TypeError: rows is undefined');
    broken = false;
    await page.get('[role=alert] button').trigger('click');
    expect(page.text()).toContain('all models');
  });
});

it.each([
  ['render function', true],
  ['setup function', true],
  ['native event handler', false],
  ['watcher callback', false],
  ['https://vuejs.org/error-reference/#runtime-1', true],
  ['https://vuejs.org/error-reference/#runtime-0', true],
  ['https://vuejs.org/error-reference/#runtime-5', false],
])('a fault in %s leaves half a page: %s', (where, expected) => {
  expect(isDrawing(where)).toBe(expected);
});
