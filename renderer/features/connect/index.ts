/** The connect page: local tools that are pointed at the gateway. */
import type { RouteRecordRaw } from 'vue-router';

export const connectRoute: RouteRecordRaw = {
  path: '/connect/:id?',
  name: 'connect',
  component: () => import('./Page.vue'),
};
