/** The log-in page. */
import type { RouteRecordRaw } from 'vue-router';

export const logInRoute: RouteRecordRaw = {
  path: '/login',
  name: 'login',
  component: () => import('./Page.vue'),
};
