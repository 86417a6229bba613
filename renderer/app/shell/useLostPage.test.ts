import { flushPromises } from '@vue/test-utils';
import { describe, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { RouterLink } from 'vue-router';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { mountPage } from '../../testing/with-app.ts';
import { useGateway } from '../../shared/composables/useGateway.ts';
import { Unreachable } from '../../shared/rpc/http-answer.ts';
import PageFrame from './PageFrame.vue';
import { useLostPage } from './useLostPage.ts';

const NOT_FETCHED = 'Failed to fetch dynamically imported module: http://127.0.0.1/assets/Page.js';
const Models = defineComponent(() => () => h('p', 'all models'));
const Requests = defineComponent(() => () => [h('input', { id: 'typed' }), h(RouterLink, { to: '/models' })]);

/** Pages of which one does not come as long as `served` is false, from a gateway that may be away. */
async function show() {
  const gateway = { away: false, goesAway: false, served: false, fetched: 0, message: NOT_FETCHED };
  const rpc = createFakeRpc({});
  // What it answers is of no matter here, only that it does.
  const call = vi.spyOn(rpc, 'call');
  call.mockImplementation(() =>
    gateway.away
      ? Promise.reject(new Unreachable('nobody'))
      : new Promise((resolve) => Reflect.apply(resolve, null, [null])),
  );
  const reloads: string[] = [];
  const marks = new Set<string>();
  const reloading = {
    isNew: (mark: string) => !marks.has(mark) && marks.add(mark).size > 0,
    reload: (href: string) => void reloads.push(href),
  };
  const frame = defineComponent(() => () => h('main', h(PageFrame)));
  const { page, router } = await mountPage({
    rpc,
    at: '/requests',
    route: {
      path: '/',
      component: frame,
      children: [
        { path: 'requests', name: 'requests', component: Requests },
        {
          path: 'models',
          name: 'models',
          component: () => {
            gateway.fetched += 1;
            // After it was asked for once, and had answered.
            gateway.away ||= gateway.goesAway && gateway.fetched === 2;
            return gateway.served ? Promise.resolve(Models) : Promise.reject(new TypeError(gateway.message));
          },
        },
      ],
    },
  });
  useLostPage().follow(router, reloading);
  await flushPromises();
  const go = async (path: string): Promise<void> => {
    await router.push(path).catch(() => undefined);
    await flushPromises();
  };
  const leave = (): void => {
    gateway.away = true;
    rpc.connection.value = 'reconnecting';
  };
  /** The gateway answers again, as the stream of events notices it. */
  const comeBack = async (): Promise<void> => {
    gateway.away = false;
    // As the reset does that every new stream of events begins with.
    await useGateway().answers();
    rpc.connection.value = 'connected';
    await flushPromises();
  };
  return { page, router, gateway, reloads, marks, go, leave, comeBack };
}

describe('a page that is first wanted while the gateway is away', () => {
  it('says so over the page before, and comes by itself', async () => {
    const { page, router, gateway, go, leave, comeBack } = await show();
    await page.get('input').setValue('half a sentence');
    leave();
    await go('/models');
    expect(page.get('[role=status]').text()).toContain('Models opens as soon as the gateway answers');
    const typed = page.get<HTMLInputElement>('#typed');
    expect(typed.isVisible()).toBe(false);
    expect(typed.element.value).toBe('half a sentence');
    gateway.served = true;
    await comeBack();
    await vi.waitFor(() => expect(router.currentRoute.value.name).toBe('models'));
    await flushPromises();
    expect(page.text()).toContain('all models');
    expect(page.find('[role=status]').exists()).toBe(false);
  });

  it('is forgotten by whoever goes back, with everything as it was', async () => {
    const { page, router, gateway, go, leave, comeBack } = await show();
    await page.get('input').setValue('half a sentence');
    leave();
    await go('/models');
    await page.findAll('button')[1]?.trigger('click');
    await flushPromises();
    expect(page.get<HTMLInputElement>('#typed').element.value).toBe('half a sentence');
    expect(page.get('#typed').isVisible()).toBe(true);
    gateway.served = true;
    await comeBack();
    expect(router.currentRoute.value.name).toBe('requests');
    expect(gateway.fetched).toBe(1);
  });
});

describe('a page whose file a newer gateway no longer has', () => {
  it('is loaded anew once, and never in a loop', async () => {
    const { page, gateway, reloads, go } = await show();
    await go('/models');
    expect(reloads).toEqual(['/models']);
    expect(gateway.fetched).toBe(2);
    await go('/requests');
    await go('/models');
    expect(reloads).toEqual(['/models']);
    expect(page.get('[role=status]').text()).toContain('Models has to be loaded anew');
  });

  it('is no such page where the gateway is away again', async () => {
    const { page, gateway, reloads, go } = await show();
    gateway.goesAway = true;
    await go('/models');
    expect(gateway.fetched).toBe(2);
    expect(reloads).toEqual([]);
    expect(page.get('[role=status]').text()).toContain('Models opens as soon as the gateway answers');
  });

  it('waits for the user where something is typed', async () => {
    const { page, reloads, go } = await show();
    await page.get('input').setValue('half a sentence');
    await go('/models');
    expect(page.get('[role=status]').text()).toContain('Save first what you typed elsewhere');
    expect(reloads).toEqual([]);
  });
});

it('a page that came and fails says what it said, and is not asked for again', async () => {
  const { page, gateway, reloads, go } = await show();
  gateway.message = 'x is not a function';
  await go('/models');
  expect(page.get('[role=status], [role=alert]').text()).toContain('x is not a function');
  expect(gateway.fetched).toBe(1);
  expect(reloads).toEqual([]);
});
