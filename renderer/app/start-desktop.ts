/** The interface in the desktop app: no log-in, and the host knows the chosen language and theme. */
import { desktopKey } from '../shared/rpc/desktop.ts';
import { createEventRouter } from '../shared/rpc/event-router.ts';
import { connectDesktop, type PageBridge } from '../shared/rpc/ipc-rpc.ts';
import { followHost } from './host-preferences.ts';
import { createInterface } from './interface.ts';
import { createPages } from './router.ts';
import { browserReloading } from './shell/useLostPage.ts';

export async function startDesktop(bridge: PageBridge): Promise<void> {
  const { rpc, desktop } = connectDesktop({
    bridge,
    events: createEventRouter(),
    after: (milliseconds, act) => setTimeout(act, milliseconds),
  });
  const { app, preferences, lostPage, ready } = createInterface(rpc);
  app.provide(desktopKey, desktop);
  await ready;
  const router = createPages();
  lostPage.follow(router, browserReloading);
  app.use(router);
  // There is nobody to log in: the page is only reached by an old link.
  router.beforeEach((to) => (to.name === 'login' ? { path: '/' } : true));
  await router.isReady().catch(() => undefined);
  app.mount('#app');
  await followHost(preferences, desktop);
}
