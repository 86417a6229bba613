import { mount, type VueWrapper } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { beforeEach, expect, it, vi, type Mock } from 'vitest';
import { computed, defineComponent, h, nextTick } from 'vue';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import { usePreferences } from '../shared/composables/usePreferences.ts';
import { useTold } from '../shared/composables/useTold.ts';
import { loadTranslations, type LanguageHost } from './i18n.ts';

const ENGLISH = 'connection refused';
const CHINESE = '连接被拒绝';

/** What the gateway serves of languages while a test runs: nothing before it is let go. */
function held(): {
  readonly insist: <T>(load: () => Promise<T>) => Promise<T>;
  readonly end: (how: 'come' | 'gone') => void;
} {
  const { promise, resolve } = Promise.withResolvers<'come' | 'gone'>();
  return {
    insist: async (load) => {
      if ((await promise) === 'gone') throw new TypeError('Failed to fetch dynamically imported module');
      return load();
    },
    end: resolve,
  };
}

let preferences: ReturnType<typeof usePreferences>;
beforeEach(() => {
  preferences = usePreferences(createPinia());
});

/** A remark as a template words it, and as a computed value does. */
const Words = defineComponent({
  setup() {
    const words = useTold();
    const told = remark('connection-refused');
    const kept = computed(() => words(told));
    return () => h('p', `${words(told)}, ${kept.value}`);
  },
});

async function open(
  served: ReturnType<typeof held>,
): Promise<{ readonly page: VueWrapper; readonly missed: Mock<LanguageHost['missed']> }> {
  const missed = vi.fn<LanguageHost['missed']>();
  const translations = await loadTranslations(preferences, { insist: served.insist, missed });
  return { page: mount(Words, { global: { plugins: [translations] } }), missed };
}

it('what is drawn in English before the words for it have come is drawn in the language of the page then', async () => {
  preferences.language = 'zh-CN';
  const served = held();
  const { page, missed } = await open(served);
  expect(page.text()).toBe(`${ENGLISH}, ${ENGLISH}`);
  served.end('come');
  await expect.poll(() => page.text()).toBe(`${CHINESE}, ${CHINESE}`);
  expect(missed).not.toHaveBeenCalled();
});

it('words that do not come are told in the language of the page, and the English stays', async () => {
  preferences.language = 'zh-CN';
  const served = held();
  const { page, missed } = await open(served);
  served.end('gone');
  await expect.poll(() => missed.mock.calls.length).toBe(1);
  const [t] = missed.mock.calls[0] ?? [];
  expect(t?.('common.loadAnew')).toBe('重新加载');
  expect(page.text()).toBe(`${ENGLISH}, ${ENGLISH}`);
});

it('a language that is chosen comes whole', async () => {
  preferences.language = 'en';
  const served = held();
  const { page, missed } = await open(served);
  served.end('come');
  preferences.language = 'zh-CN';
  await expect.poll(() => page.text()).toBe(`${CHINESE}, ${CHINESE}`);
  expect(missed).not.toHaveBeenCalled();
});

it('a language that is chosen and does not come is told, and the page stays as it is', async () => {
  preferences.language = 'en';
  const served = held();
  const { page, missed } = await open(served);
  preferences.language = 'zh-CN';
  await nextTick();
  served.end('gone');
  // The rest of the first language does not come either.
  await expect.poll(() => missed.mock.calls.length).toBe(2);
  expect(page.text()).toBe(`${ENGLISH}, ${ENGLISH}`);
});
