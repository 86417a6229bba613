/** The requests page. */
import type { RouteRecordRaw } from 'vue-router';

export const requestsRoute: RouteRecordRaw = {
  path: '/requests/:id?',
  name: 'requests',
  component: () => import('./Page.vue'),
};
