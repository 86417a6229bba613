/** The playground page. */
import type { RouteRecordRaw } from 'vue-router';

export const playgroundRoute: RouteRecordRaw = {
  path: '/playground/:id?',
  name: 'playground',
  component: () => import('./Page.vue'),
};
