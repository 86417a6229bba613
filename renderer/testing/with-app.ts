/** Runs stores and components as the app would: with its control plane, language and plugins. */
import { mount, type VueWrapper } from '@vue/test-utils';
import { createPinia, type Pinia } from 'pinia';
import { TooltipProvider } from 'reka-ui';
import { createApp, h, type Component } from 'vue';
import { createMemoryHistory, createRouter, type Router, type RouteRecordRaw } from 'vue-router';
import en from '../../resources/locales/en.json';
import zh from '../../resources/locales/zh-CN.json';
import { createTranslations } from '../app/i18n.ts';
import { desktopKey, type Desktop } from '../shared/rpc/desktop.ts';
import { rpcKey, type Rpc } from '../shared/rpc/rpc.ts';

/** @returns a Pinia whose stores reach the given control plane */
export function storesWith(rpc: Rpc): Pinia {
  const pinia = createPinia();
  createApp(() => null)
    .use(pinia)
    .provide(rpcKey, rpc);
  return pinia;
}

/** Mounts a page at an address, in English unless told otherwise. */
export async function mountPage(options: {
  readonly rpc: Rpc;
  readonly route: RouteRecordRaw;
  readonly at: string;
  /** Places that the page links to. */
  readonly others?: readonly RouteRecordRaw[];
  /** The desktop app around the page; a browser by default. */
  readonly desktop?: Desktop;
  readonly language?: 'en' | 'zh-CN';
}): Promise<{ readonly page: VueWrapper; readonly router: Router }> {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [options.route, ...(options.others ?? [])],
  });
  const { language = 'en' } = options;
  await router.push(options.at);
  const frame = () => h(TooltipProvider, () => h(pageOf(router)));
  const page = mount(frame, {
    attachTo: document.body,
    global: {
      plugins: [createPinia(), router, createTranslations(language, language === 'en' ? en : zh)],
      provide: {
        [rpcKey]: options.rpc,
        ...(options.desktop === undefined ? {} : { [desktopKey]: options.desktop }),
      },
    },
  });
  return { page, router };
}

function pageOf(router: Router): Component {
  const found = router.currentRoute.value.matched[0]?.components?.['default'];
  if (found === undefined || typeof found !== 'object') throw new Error('The route has no component yet.');
  return found;
}
