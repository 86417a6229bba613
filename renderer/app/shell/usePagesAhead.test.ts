import { flushPromises } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { defineComponent, h } from 'vue';
import type { RouteRecordRaw } from 'vue-router';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { mountPage } from '../../testing/with-app.ts';
import { PAGES } from './pages.ts';
import { usePagesAhead } from './usePagesAhead.ts';

const Empty = defineComponent(() => () => h('p'));

/** A frame with all pages, of which `broken` does not come. @returns what was fetched, and how to let it go on */
async function show(broken: string | null = null) {
  const fetched: string[] = [];
  const waiting: (() => void)[] = [];
  const load = (name: string) => () => {
    fetched.push(name);
    return name === broken ? Promise.reject(new TypeError('not there')) : Promise.resolve(Empty);
  };
  const frame = defineComponent(() => {
    usePagesAhead([load('a dialog')], () => new Promise((resolve) => waiting.push(resolve)));
    return () => h('main');
  });
  const children = PAGES.map(({ name }): RouteRecordRaw => ({ path: name, name, component: load(name) }));
  const { page, router } = await mountPage({
    rpc: createFakeRpc({}),
    at: '/',
    route: { path: '/', component: frame, children },
  });
  await flushPromises();
  const goOn = async (times = 1): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      waiting.shift()?.();
      await flushPromises();
    }
  };
  return { page, router, fetched, goOn };
}

const names = PAGES.map(({ name }) => name);

it('fetches the pages one after the other, each when nothing else is to be done', async () => {
  const { fetched, goOn } = await show();
  expect(fetched).toEqual([]);
  await goOn();
  expect(fetched).toEqual(names.slice(0, 1));
  await goOn(names.length);
  expect(fetched).toEqual([...names, 'a dialog']);
});

it('a page that was fetched opens without being fetched again, and one that was opened is not fetched ahead', async () => {
  const { router, fetched, goOn } = await show();
  await router.push({ name: 'models' });
  await goOn(names.length);
  await router.push({ name: 'routing' });
  expect(fetched.toSorted()).toEqual([...names].toSorted());
});

it('a page that does not come ends it; who opens that page fetches it anew', async () => {
  const { router, fetched, goOn } = await show('requests');
  router.onError(() => undefined);
  await goOn(names.length);
  expect(fetched).toEqual(['overview', 'requests']);
  await expect(router.push({ name: 'requests' })).rejects.toThrow('not there');
  expect(fetched).toEqual(['overview', 'requests', 'requests']);
});

it('fetches nothing any more once the frame is gone', async () => {
  const { page, fetched, goOn } = await show();
  await goOn();
  page.unmount();
  await goOn();
  expect(fetched).toEqual(['overview']);
});
