/** The interface in a browser, served by a gateway: nothing is shown before somebody has logged in. */
import { RpcError } from '../../contract/rpc/errors.ts';
import { connectBrowser } from '../shared/rpc/browser.ts';
import { sessionKey, type Session } from '../shared/rpc/session.ts';
import { followPastedToken, takeToken } from './address-token.ts';
import { createInterface } from './interface.ts';
import { browserSurroundings, watchReturn } from './watch-return.ts';
import { createPages } from './router.ts';
import { browserReloading } from './shell/useLostPage.ts';

export async function startBrowser(): Promise<void> {
  const token = takeToken();
  // Before the router hears of it.
  followPastedToken(
    (act) => window.addEventListener('popstate', act),
    () => window.location.hash,
    () => window.location.reload(),
  );
  const router = createPages();
  const { rpc, session, feed } = connectBrowser(() => {
    const here = router.currentRoute.value;
    if (here.name !== 'login') void router.replace({ name: 'login', query: { next: here.fullPath } });
  });
  const { app, lostPage, ready } = createInterface(rpc);
  app.provide(sessionKey, session);
  const loggedIn = logIn(session, token).then((welcome) => {
    // While the first page still comes: one that stands before the events do has to be read twice.
    if (welcome === 'in') feed.start();
    return welcome;
  });
  const [, welcome] = await Promise.all([ready, loggedIn]);
  lostPage.follow(router, browserReloading);
  app.use(router);
  // Nobody may listen to events without a session, and nobody needs to on the log-in page.
  router.afterEach((to) => (to.name === 'login' ? feed.stop() : feed.start()));
  watchReturn(feed, browserSurroundings);
  // A first page that does not come is told in its place.
  await router.isReady().catch(() => undefined);
  if (welcome !== 'in' && router.currentRoute.value.name !== 'login') {
    const query = {
      next: router.currentRoute.value.fullPath,
      ...(welcome === 'refused' ? { refused: '1' } : {}),
    };
    await router.replace({ name: 'login', query });
  }
  app.mount('#app');
}

/** @returns `refused` when the address brought a token that is not the gateway's */
async function logIn(session: Session, token: string | null): Promise<'in' | 'out' | 'refused'> {
  try {
    if (token !== null) await session.logIn(token);
    await session.headers();
    return 'in';
  } catch (error) {
    if (error instanceof RpcError && error.code === 'unauthenticated')
      return token === null ? 'out' : 'refused';
    if (token !== null && error instanceof RpcError && error.code === 'locked') return 'refused';
    // The gateway does not answer: the pages say so and try again.
    return 'in';
  }
}
