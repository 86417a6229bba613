/** The pages. Hash history, because the same files are also opened without a server. */
import { createRouter, createWebHashHistory, type Router } from 'vue-router';
import { logInRoute } from '../features/login/index.ts';
import { overviewRoute } from '../features/overview/index.ts';
import { modelsRoute } from '../features/models/index.ts';
import { providersRoute } from '../features/providers/index.ts';
import { requestsRoute } from '../features/requests/index.ts';
import { settingsRoute } from '../features/settings/index.ts';

export function createPages(): Router {
  return createRouter({
    history: createWebHashHistory(),
    routes: [
      overviewRoute,
      requestsRoute,
      providersRoute,
      modelsRoute,
      settingsRoute,
      logInRoute,
      { path: '/:anything(.*)*', redirect: { name: 'overview' } },
    ],
  });
}
