/** The pages. Hash history, because the same files are also opened without a server. */
import { createRouter, createWebHashHistory, START_LOCATION, type Router } from 'vue-router';
import { connectRoute } from '../features/connect/index.ts';
import { logInRoute } from '../features/login/index.ts';
import { isFirstTime, onboardingRoute } from '../features/onboarding/index.ts';
import { overviewRoute } from '../features/overview/index.ts';
import { modelsRoute } from '../features/models/index.ts';
import { playgroundRoute } from '../features/playground/index.ts';
import { providersRoute } from '../features/providers/index.ts';
import { requestsRoute } from '../features/requests/index.ts';
import { routingRoute } from '../features/routing/index.ts';
import { settingsRoute } from '../features/settings/index.ts';
import { usePreferences } from '../shared/composables/usePreferences.ts';
import { useRpc, type Rpc } from '../shared/rpc/rpc.ts';

export function createPages(): Router {
  const router = createRouter({
    history: createWebHashHistory(),
    routes: [
      overviewRoute,
      requestsRoute,
      playgroundRoute,
      modelsRoute,
      providersRoute,
      routingRoute,
      connectRoute,
      settingsRoute,
      onboardingRoute,
      logInRoute,
      // Its address is the bare one; whoever types its name means it.
      { path: '/overview', redirect: { name: 'overview' } },
      {
        path: '/:anything(.*)*',
        name: 'notFound',
        component: () => import('./shell/NotFound.vue'),
      },
    ],
  });
  router.beforeEach(async (to, from) => {
    // Whoever opens the interface, not whoever comes by later or was sent to a page.
    const entering = from === START_LOCATION || from.name === 'login';
    if (!entering || to.name !== 'overview') return true;
    const preferences = usePreferences();
    const rpc = useRpc();
    if (preferences.welcomed === 'yes' || !(await nothingSetUp(rpc))) return true;
    return { name: 'onboarding', replace: true };
  });
  return router;
}

async function nothingSetUp(rpc: Rpc): Promise<boolean> {
  try {
    return isFirstTime(await rpc.call('providers.list', {}));
  } catch {
    // Nobody is logged in, or the gateway does not answer: the page itself says so.
    return false;
  }
}
