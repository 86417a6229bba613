/** The overview page: the first one that is shown. */
import type { RouteRecordRaw } from 'vue-router';

export const overviewRoute: RouteRecordRaw = {
  path: '/',
  name: 'overview',
  component: () => import('./Page.vue'),
};
